import { reason } from '../../site/origin';
import type { Shared as SharedNodes } from '../print-shared';
import type { LineOrigin } from '../types';

/**
 * A Caddyfile as a tree. Values that people typed are `string`s: the printer makes them literal. A `Placeholders` argument is used where
 * Caddy expands braces while it serves, and only what we put there as `placeholder` is expanded.
 */
export type Argument = string | Placeholders | Raw;

/** A token of ours that is already spelled as it must be in the file. */
export interface Raw {
  readonly raw: string;
}

export type Placeholders = readonly (string | { readonly placeholder: string })[];

export interface Directive {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly origin: LineOrigin;
  /** Present for blocks. */
  readonly block?: readonly CaddyNode[];
  /** Its own words as text, kept by the printer: directives that many sites share are printed once. */
  text?: string | undefined;
}

export interface Comment {
  readonly comment: string;
}

/** What many sites share. */
export interface Shared extends SharedNodes<CaddyNode> {
  /** Whether a value in it needs a variable of ours, kept by the printer too. */
  literals?: boolean | undefined;
}

export type CaddyNode = Directive | Comment | Shared;

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
  nodes: readonly CaddyNode[],
): Directive => ({ name, args, origin, block: nodes, text: undefined });

export const shared = (nodes: readonly CaddyNode[]): Shared => ({
  shared: nodes,
  seen: undefined,
  printed: undefined,
  literals: undefined,
});

export const comment = (text: string): Comment => ({ comment: text });

/** An origin for lines that no field made. */
export const because = reason;
