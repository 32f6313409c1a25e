/** One directive of a web server's configuration, with its position. */
export interface ConfigDirective {
  /** Its name first, then its arguments, without quotes. */
  readonly words: readonly string[];
  /** The path under which the server reads the file. */
  readonly file: string;
  /** First and last line, from 1. */
  readonly line: number;
  readonly endLine: number;
  /** Where its text begins and ends, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  /** `null` when it has none. */
  readonly block: readonly ConfigDirective[] | null;
}

/** A file as far as it could be read. */
export interface ParsedConfig {
  readonly directives: readonly ConfigDirective[];
  /** What the server would refuse, and where; nothing after it was read. */
  readonly error: { readonly line: number; readonly message: string } | null;
}
