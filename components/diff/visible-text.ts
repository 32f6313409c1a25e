/**
 * Text that came from a host is hostile: it may hold escape sequences, characters that turn the reading direction
 * round and characters that cannot be seen. React escapes markup; these two functions see to the rest.
 */

// OSC, DCS, SOS, PM and APC strings up to their terminator; CSI sequences; any other escape with one final byte.
const escapeSequences = new RegExp(
  [
    '\\u001b[\\]PX^_][^\\u0007\\u001b\\u009c]*(?:\\u0007|\\u001b\\\\|\\u009c)?',
    '(?:\\u001b\\[|\\u009b)[\\u0030-\\u003f]*[\\u0020-\\u002f]*[\\u0040-\\u007e]?',
    '\\u001b[\\u0020-\\u002f]*[\\u0030-\\u007e]?',
  ].join('|'),
  'gu',
);

/** Controls, direction marks, zero-width and other invisible characters; line feed and tab are left out. */
const invisible = /[^\P{Cc}\n\t]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/gu;

/** The output of a tool as plain text: escape sequences and carriage returns go, other invisible characters are named. */
export function plainOutput(text: string): string {
  const lines = text.replace(escapeSequences, '').replace(/\r\n?/g, '\n');
  return lines.replace(invisible, (character) => `<${codePoint(character)}>`);
}

export interface VisibleSpan {
  readonly text: string;
  /** Stands for a character that could not be seen; `text` is its name, such as `U+202E`. */
  readonly named: boolean;
  /** Offset in the text. */
  readonly at: number;
}

/** A piece of a file, with everything that cannot be seen cut out and named. Nothing is dropped: it is part of the review. */
export function visibleSpans(text: string): VisibleSpan[] {
  const spans: VisibleSpan[] = [];
  let from = 0;
  for (const match of text.matchAll(invisible)) {
    if (match.index > from) spans.push({ text: text.slice(from, match.index), named: false, at: from });
    spans.push({ text: codePoint(match[0]), named: true, at: match.index });
    from = match.index + match[0].length;
  }
  if (from < text.length) spans.push({ text: text.slice(from), named: false, at: from });
  return spans;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

export interface Excerpt {
  readonly text: string;
  readonly hiddenLines: number;
  readonly hiddenCharacters: number;
}

/** The last lines of a long output: that is where tools say what went wrong. */
export function lastLines(text: string, maxLines: number, maxCharacters: number): Excerpt {
  const lines = text.replace(/\n+$/, '').split('\n');
  let kept = lines.slice(-maxLines).join('\n');
  if (kept.length > maxCharacters) kept = kept.slice(-maxCharacters);
  const shownLines = kept.split('\n').length;
  return {
    text: kept,
    hiddenLines: lines.length - shownLines,
    hiddenCharacters: lines.join('\n').length - kept.length,
  };
}
