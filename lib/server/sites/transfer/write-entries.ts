import 'server-only';
import type { Placement } from '#core/site/sites-file';
import { storedDocument } from '../stored-document';
import { type FileFormat, fileEntry } from './site-text';

/** Sites as they are written in a file, from their documents as they are stored. */
export const writeEntries = ({
  format,
  sites,
}: {
  readonly format: FileFormat;
  readonly sites: readonly {
    readonly text: string;
    readonly targets: readonly Placement[];
    readonly comment: string;
  }[];
}): string[] =>
  sites.map(({ text, ...site }) =>
    fileEntry(format, { ...site, document: storedDocument(JSON.parse(text)) }),
  );
