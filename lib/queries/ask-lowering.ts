import type { Problem } from '#api/problem';

/** A call that was refused because it lowers a control. */
export interface Refused {
  readonly operation: string;
  readonly team: string;
  readonly id: string | undefined;
  readonly body: unknown;
  readonly problem: Problem;
}
/** Offers to ask the other admins for it; `false` when the person would rather not. */
type Ask = (refused: Refused) => Promise<boolean>;

let ask: Ask | null = null;

/** Says who offers it, for as long as a page is there that can. */
export function offerLowering(how: Ask): () => void {
  ask = how;
  return () => {
    if (ask === how) ask = null;
  };
}

/** Whether it was asked for. `false` where nobody can be asked. */
export const askLowering: Ask = (refused) => ask?.(refused) ?? Promise.resolve(false);
