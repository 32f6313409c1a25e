import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/**
 * How a block of a web server shows that it is ours, of this very text: it answers a path that nobody can guess (the question) with a word that
 * does not follow from it (the answer). Both come from the file's own text, so the preview equals the host and no key is needed; anyone who echoes
 * what he was asked knows the question only.
 */
export interface BlockTokens {
  readonly question: string;
  readonly answer: string;
}

const length = 32;
// Placeholders for them until the whole text is known. As long as they are, and nothing that anybody types.
const placeholders = {
  question: '5b1f0e7a9c3d48268e6f7a10d2c4',
  answer: 'c86a3d5e0f9147b2a1e37d984b60',
} as const;

const placeholder = (kind: keyof BlockTokens, index: number): string =>
  placeholders[kind] + index.toString(16).padStart(length - placeholders[kind].length, '0');

/** The tokens of a file's block of that number, as a renderer writes them; `sealBlocks` makes them true. */
export const blockTokens = (index: number): BlockTokens => ({
  question: placeholder('question', index),
  answer: placeholder('answer', index),
});

/** Path of the question. */
export const questionPath = (question: string): string => `/.well-known/gatehouse/${question}`;

/** Header in which Apache answers, since it has no way to write a body. */
export const answerHeader = 'Gatehouse-Block';

const known = new RegExp(`(${placeholders.question}|${placeholders.answer})([0-9a-f]{4})`, 'g');

/** Fills in the tokens of all blocks of a file, from its text without them. */
export function sealBlocks(content: string, blocks: number): { content: string; tokens: BlockTokens[] } {
  const bare = digest(content.replaceAll(known, ''));
  const tokens = Array.from({ length: blocks }, (_, index) => ({
    question: digest(`q${index} ${bare}`).slice(0, length),
    answer: digest(`a${index} ${bare}`).slice(0, length),
  }));
  const filled = content.replaceAll(known, (place, kind: string, index: string) => {
    const token = tokens[Number.parseInt(index, 16)];
    if (token === undefined) return place;
    return kind === placeholders.question ? token.question : token.answer;
  });
  return { content: filled, tokens };
}

const written =
  /(\/\\?\.well-known\/gatehouse\/|\breturn 200 |\brespond @gatehouse |\bGatehouse-Block "?)[0-9a-f]{32}\b/g;

/** A text without its tokens, to compare two texts of which each change has changed the tokens too. */
export const withoutTokens = (content: string): string => content.replace(written, '$1');

const digest = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));
