import type { LineOrigin } from '../site/origin';

/** Lines of a shared part of a tree at one depth. */
export interface PrintedPart {
  readonly indent: string;
  /** Without the last line end. */
  readonly text: string;
  /** One origin per line. */
  readonly lines: readonly LineOrigin[];
}
