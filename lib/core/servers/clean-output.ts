const escapeCharacter = String.fromCodePoint(0x1b);
const bell = String.fromCodePoint(0x07);

// Terminal sequences: colours and cursor movement, titles, single commands.
const terminalSequence = new RegExp(
  `${escapeCharacter}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${bell}${escapeCharacter}]*(?:${bell}|${escapeCharacter}\\\\)?|[@-Z\\\\-_])`,
  'gu',
);
const longestLine = 2000;

/** One line of a host tool's output, made safe to store and show: no terminal sequences, no control characters, limited length. */
export function cleanOutput(line: string): string {
  return line
    .slice(0, longestLine * 2)
    .replace(terminalSequence, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .slice(0, longestLine);
}
