import { reason } from '../../site/origin';
import { type Shared, shared as sharedNodes } from '../print-shared';
import type { LineOrigin } from '../types';

/** Apache's configuration as a tree: directives, sections that hold others, comments for people. Quoting is the printer's business. */
export type ApacheNode =
  | {
      readonly kind: 'directive';
      readonly name: string;
      readonly args: readonly string[];
      readonly origin: LineOrigin;
      /** Its own words as text, kept by the printer: directives that many sites share are printed once. */
      text?: string | undefined;
    }
  | {
      readonly kind: 'section';
      readonly name: string;
      readonly args: readonly string[];
      readonly origin: LineOrigin;
      text?: string | undefined;
      readonly children: readonly ApacheNode[];
    }
  | { readonly kind: 'comment'; readonly text: string }
  | { readonly kind: 'blank' }
  /** What many sites share. */
  | ({ readonly kind: 'shared' } & Shared<ApacheNode>);

export type ApacheDirective = Extract<ApacheNode, { kind: 'directive' }>;

/** One directive. `args` are the values that Apache should see, unquoted. */
export function directive(name: string, args: readonly string[], origin: LineOrigin): ApacheDirective {
  return { kind: 'directive', name, args, origin, text: undefined };
}

/** `<Name arg>` … `</Name>`. */
export function section(
  name: string,
  args: readonly string[],
  origin: LineOrigin,
  children: readonly ApacheNode[],
): ApacheNode {
  return { kind: 'section', name, args, origin, text: undefined, children };
}

export const comment = (text: string): ApacheNode => ({ kind: 'comment', text });
export const blank: ApacheNode = { kind: 'blank' };
export const shared = (nodes: readonly ApacheNode[]): ApacheNode => ({
  kind: 'shared',
  ...sharedNodes(nodes),
});

/** Each after an empty line. */
export function spaced(nodes: readonly ApacheNode[]): readonly ApacheNode[] {
  const all: ApacheNode[] = [];
  for (const node of nodes) all.push(blank, node);
  return all;
}

/** An origin for lines that no field made. */
export const because = reason;
