import type { LineOrigin } from '../../site/origin';
import type { Shared } from '../print-shared';

/**
 * An nginx configuration before it is text. Values that people typed are only ever `string`s in here: the printer treats a string as literal
 * text, so a `$` in it cannot become a variable and a quote cannot end it.
 */
export type Argument = string | Variable | Pattern | readonly (string | Variable)[];

export interface Variable {
  readonly variable: string;
}

/** A regular expression written by us; typed text goes through `escapePattern` first. */
export interface Pattern {
  readonly pattern: string;
}

export interface Directive {
  /** A word of our own, printed as it is; never typed text. */
  readonly name: string;
  readonly args: readonly Argument[];
  readonly origin: LineOrigin;
  /** Present for blocks, also empty ones. */
  readonly block?: readonly Node[];
  /** Its own words as text, kept by the printer: directives that many sites share are printed once. */
  text?: string | undefined;
}

/** A line of its own: `# …`. */
export interface Comment {
  readonly comment: string;
  readonly origin: LineOrigin;
}

export type Node = Directive | Comment | Shared<Directive>;

export const variable = (name: string): Variable => ({ variable: name });
export const pattern = (text: string): Pattern => ({ pattern: text });

export const directive = (origin: LineOrigin, name: string, ...args: Argument[]): Directive => ({
  name,
  args,
  origin,
  text: undefined,
});

export const block = (
  origin: LineOrigin,
  name: string,
  args: readonly Argument[],
  nodes: readonly Node[],
): Directive => ({
  name,
  args,
  origin,
  block: nodes,
  text: undefined,
});

export { shared } from '../print-shared';

/** Makes typed text match itself in a pattern. */
export function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
