/**
 * Words that a native engineer would not write here, each with what to write instead. Patterns see lower-case text without line
 * breaks and comment marks, with identifiers split into their words.
 */
const oddWords: readonly (readonly [pattern: RegExp, instead: string])[] = [
  [/\bany ?more\b(?! than\b)/, 'no longer, or nothing'],
  [/\bwho(?:so)?ever\b|\bwhomever\b/, 'anyone who, or name the person'],
  [/\banew\b/, 'again, or re-'],
  [/\bshall\b/, 'should, must, or is to'],
  [/\bmend(?:s|ed|ing)?\b/, 'fix'],
  [/\bhand[- ]edit(?:s|ed)?\b/, 'manual edit, or edited by hand'],
  [/\bin spite of\b/, 'despite'],
  [/\bstands\b(?! (?:in )?for\b)|\bas it stands\b/, 'is, or is shown'],
  [
    /\b(?:shall|should|will|may|must|they|which|that|lines|values|these|names) stand\b(?! (?:in )?for\b)/,
    'be',
  ],
  [/\bnot stand in\b|\bstand (?:at|under|beside|among|in the way)\b/, 'is at'],
  [/\bhas against\b/, 'name the error'],
  [/\b(?:what|whatever) became of\b/, 'what happened to, or the outcome of'],
  [/\bmakers\b/, 'vendors, or authors'],
  [/\bdangling\b/, 'broken, or orphaned'],
  [/\bnobody we know\b/, 'of unknown origin'],
  [/\bblanks\b/, 'spaces'],
  [/\bfor ever\b/, 'forever'],
  [/\bin silence\b/, 'silently'],
  [/\bbelongs? into\b/, 'belongs in, or belongs on'],
  [/\bholes of others\b/, 'vulnerabilities'],
];

/** Texts that stay as they are: quoted from others, or a field that programs read. Lower case. */
const quotations: readonly string[] = [
  // `gatehouse doctor --json` answers the commands under both names.
  'mend: each.fix',
];

export interface OddWord {
  readonly line: number;
  readonly found: string;
  readonly instead: string;
}

/** Odd words in comments, strings, names and prose of one file. @returns line numbers from 1 */
export function findOddWords(text: string): OddWord[] {
  const starts: number[] = [];
  let flat = '';
  for (const line of text.split('\n')) {
    starts.push(flat.length);
    const words = line
      .replace(/^\s*(?:\/\*\*?|\*\/?|\/{2,3}|#+|>)?\s*/, '')
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    flat += `${words} `;
  }
  for (const quotation of quotations) flat = flat.replaceAll(quotation, ' '.repeat(quotation.length));
  return oddWords
    .flatMap(([pattern, instead]) =>
      [...flat.matchAll(new RegExp(pattern, 'g'))].map((match) => ({
        line: starts.findLastIndex((start) => start <= match.index) + 1,
        found: match[0],
        instead,
      })),
    )
    .sort((one, other) => one.line - other.line);
}
