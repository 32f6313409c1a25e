import type { ServerName } from '#lab/index';
import type { Stage } from './stage';

/** One way in which things go wrong: a row of the fault matrix. */
export interface Fault {
  /** As the matrix shows it. */
  readonly name: string;
  /** Really injects it on one web server, in as many cases as it has. Throws where a guarantee was broken. */
  run(cell: Cell): Promise<void>;
}

/** A fault on one web server: a field of the matrix. */
export interface Cell {
  readonly server: ServerName;
  /** Every point of a step instead of its first and last. */
  readonly everyPoint: boolean;
  /**
   * Runs each case on a stage that nothing else uses meanwhile, several at a time. What a case resolves to is noted in the matrix. All are
   * run, whatever fails.
   */
  cases<Case extends string>(
    names: readonly Case[],
    run: (stage: Stage, name: Case) => Promise<string>,
  ): Promise<void>;
}
