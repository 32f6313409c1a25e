import 'server-only';
import { type Blame, blame } from '#core/site/blame';
import { storedDocument } from './stored-document';

/** Nobody reads more of them, and each costs its reader time. */
const mostFields = 5000;

/** For every field of the newest of these revisions, as they are stored: which of them gave it its value. */
export const blameRevisions = (
  revisions: readonly { readonly number: number; readonly text: string }[],
): { found: Blame[]; more: number } => {
  const all = blame(
    revisions.map(({ number, text }) => ({ number, document: storedDocument(JSON.parse(text)) })),
  );
  return { found: all.slice(0, mostFields), more: Math.max(0, all.length - mostFields) };
};
