import type { WebServer } from '../types';
import { managedPaths } from './layout';
import { parseNginxOutput } from './output';
import { renderSite } from './render-site';
import { sharedFile } from './shared';
import { nginxVocabulary } from './vocabulary';

/** nginx 1.14 and newer. */
export const nginx: WebServer = {
  kind: 'nginx',
  title: 'nginx',
  renderSite,
  renderShared: (needs, target) => ({ files: [sharedFile(needs, target)], includes: [] }),
  managedPaths,
  vocabulary: nginxVocabulary,
  parseOutput: parseNginxOutput,
};
