/**
 * What a directive's values may be. `any`: one value or more that mean nothing outside of themselves. `log`: a log file below /var/log. `file`:
 * a file that is only named. `users`: one that Caddy reads as configuration. `directory`: one whose files are served. Or a pattern (POSIX
 * extended, without intervals) for all values as they are in the file.
 */
export type Values = 'any' | 'log' | 'file' | 'users' | 'directory' | { readonly like: string };

/** A word that may begin a directive. */
export interface Word {
  readonly values: Values;
  /** Whether a block of directives follows. */
  readonly block: 'never' | 'always' | 'either';
}

/**
 * Every directive that our printers can print for one web server, by the block that it is in (`top` for none). The host refuses all others,
 * no matter who asks. Names of the blocks are their first words.
 */
export type Vocabulary = Readonly<Record<string, Readonly<Record<string, Word>>>>;

export const any: Word = { values: 'any', block: 'never' };
export const log: Word = { values: 'log', block: 'never' };
export const file: Word = { values: 'file', block: 'never' };
export const users: Word = { values: 'users', block: 'never' };
export const directory: Word = { values: 'directory', block: 'never' };
export const block: Word = { values: 'any', block: 'always' };
export const either: Word = { values: 'any', block: 'either' };
export const like = (pattern: string, holds: Word['block'] = 'never'): Word => ({
  values: { like: `^${pattern}$` },
  block: holds,
});

/** As the host's helper reads it: "BLOCK WORD HOLDS VALUES" a line; a pattern is the rest of its line. */
export function vocabularyLines(vocabulary: Vocabulary): readonly string[] {
  return Object.entries(vocabulary).flatMap(([name, words]) =>
    Object.entries(words).map(
      ([word, { values, block }]) =>
        `${name} ${word} ${block} ${typeof values === 'string' ? values : values.like}`,
    ),
  );
}
