import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { fullSites } from '../../site/testing/full-site';

const examples = join(import.meta.dirname, '../../../../examples/sites');
const names = ['buildbot', 'buildbot-below-a-path', 'generic', 'gocd', 'jenkins', 'pipelit'];

/**
 * Documents whose configurations are committed, by name: the examples that people meet first, and sites that use every feature. A new preset
 * needs none: its example is tried on the real servers.
 */
export const goldenDocuments: readonly (readonly [string, unknown])[] = [
  ...names.map((name) => [name, parse(readFileSync(join(examples, `${name}.yaml`), 'utf8'))] as const),
  ...fullSites.map((document) => [`full-${document.name}`, document] as const),
];
