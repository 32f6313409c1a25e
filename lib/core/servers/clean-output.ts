// Terminal sequences (colours, titles), then whatever control characters remain.
const terminalSequence = /\u{1b}(?:\[[0-?]*[ -/]*[@-~]|\][^\u{7}\u{1b}]*(?:\u{7}|\u{1b}\\)?|[@-Z\\-_])/gu;
const longestLine = 2000;

/** One line of a host tool's output, made safe to store and show: no terminal sequences, no control characters, limited length. */
export function cleanOutput(line: string): string {
  return line
    .slice(0, longestLine * 2)
    .replace(terminalSequence, '')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '')
    .slice(0, longestLine);
}
