import 'server-only';
import { blameRevisions } from '../blame-revisions';
import { editDocuments } from '../edit-documents';
import { compareSites } from '../transfer/compare-sites';
import { locateIssues } from '../transfer/locate-issues';
import { readSitesText } from '../transfer/read-sites-text';
import { writeEntries } from '../transfer/write-entries';

/**
 * What is done in a worker thread, by name: work whose amount the user decides. Functions of values that can be copied; none of them may ask the
 * database or the network.
 */
export const tasks = {
  readSitesText,
  locateIssues,
  compareSites,
  editDocuments,
  blameRevisions,
  writeEntries,
};
export type Tasks = typeof tasks;
