const escapeCharacter = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** Colours and cursor moves, then titles and links, then the two-character ones. */
const ansi = new RegExp(
  `${escapeCharacter}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escapeCharacter}]*(?:${bell}|${escapeCharacter}\\\\)|[@-Z\\\\-_])`,
  'g',
);
const controls = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Makes output of a host safe to look at: no terminal sequences, no control or direction-changing characters but tab and newline. */
export function stripControls(text: string): string {
  return text
    .replace(ansi, '')
    .replace(controls, (character) => (character === '\n' || character === '\t' ? character : ''));
}
