import type { LineOrigin } from './types';

/** What a printer has made so far. */
export interface Sink {
  /** Lines, or several of them at once, without the last line end. */
  readonly text: string[];
  /** One origin per line. */
  readonly lines: LineOrigin[];
  /** Origins of words that the server would refuse as too long. */
  readonly overlong: LineOrigin[];
}

export const newSink = (): Sink => ({ text: [], lines: [], overlong: [] });

/** What many sites share: nodes of one server's tree, and what the printer keeps of them. */
export interface Shared<Node> {
  readonly shared: readonly Node[];
  seen?: boolean | undefined;
  printed?: { readonly indent: string; readonly text: string; readonly sink: Sink } | undefined;
}

export const shared = <Node>(nodes: readonly Node[]): Shared<Node> => ({
  shared: nodes,
  seen: undefined,
  printed: undefined,
});

/** Prints shared nodes: what comes a second time is put together once for all times after it. */
export function printShared<Node>(
  part: Shared<Node>,
  indent: string,
  into: Sink,
  print: (nodes: readonly Node[], indent: string, sink: Sink) => void,
): void {
  if (!part.seen) {
    part.seen = true;
    print(part.shared, indent, into);
    return;
  }
  if (part.printed?.indent !== indent) {
    const sink = newSink();
    print(part.shared, indent, sink);
    part.printed = { indent, text: sink.text.join('\n'), sink };
  }
  const { text, sink } = part.printed;
  if (sink.lines.length > 0) into.text.push(text);
  for (const origin of sink.lines) into.lines.push(origin);
  for (const origin of sink.overlong) into.overlong.push(origin);
}
