/** A directive as the server itself would understand it. */
export interface ParsedDirective {
  readonly words: readonly string[];
  readonly block: readonly ParsedDirective[] | null;
}
