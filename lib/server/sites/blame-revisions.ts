import 'server-only';
import { type Blame, blame } from '#core/site/blame';
import { storedDocument } from './stored-document';

/** For every field of the newest of these stored revisions: which of them gave it its value. */
export const blameRevisions = (
  revisions: readonly { readonly number: number; readonly document: unknown }[],
): Blame[] =>
  blame(revisions.map(({ number, document }) => ({ number, document: storedDocument(document) })));
