/** A state in one or two words, and what it claims. It claims only what was seen or done. */
export interface StateWord {
  readonly label: string;
  readonly meaning: string;
}
