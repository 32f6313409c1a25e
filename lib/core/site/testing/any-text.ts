import fc from 'fast-check';

/** Where the halves of pairs begin, which are no characters, and how many they are. */
const halves = { first: 0xd800, count: 0x800 };

/**
 * Every character there is. The same values as `unit: 'binary'` of `fc.string`, which puts all of them into one map before it makes the first text: more
 * than a second of processor time and a hundred megabytes for each test file.
 */
const character = fc.nat({ max: 0x10ffff - halves.count }).map(
  (index) => String.fromCodePoint(index < halves.first ? index : index + halves.count),
  (text) => {
    const code = typeof text === 'string' ? (text.codePointAt(0) ?? 0) : 0;
    if (text !== String.fromCodePoint(code)) throw new Error('not one character');
    return code < halves.first ? code : code - halves.count;
  },
);

/** Text of any characters. */
export const anyText = (limits: { readonly maxLength?: number } = {}): fc.Arbitrary<string> =>
  fc.string({ unit: character, ...limits });
