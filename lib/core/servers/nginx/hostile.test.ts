import { hostileSuite } from '../conformance/hostile-suite';
import type { ParsedDirective } from '../conformance/parsed-directive';
import { parseConfig, wordCount } from './testing/parse-config';

const shape = (directives: readonly ParsedDirective[]): readonly string[] =>
  directives
    .map(({ words, block }) => JSON.stringify([words[0], wordCount(words), block && shape(block)]))
    .sort();

hostileSuite({
  targets: [
    { server: 'nginx', version: '1.22.1', openssl: '3.0.22', layout: 'debian', modules: null },
    { server: 'nginx', version: '1.29.6', openssl: '3.5.0', layout: 'rhel', modules: null },
  ],
  parse: parseConfig,
  shape,
  // The other spellings of these names are removed too, and how many there are depends on the name.
  varying: /^(?:access\.(?:userHeader\.name|auth\.copyHeaders\.\d+)|redirects\.\d+\.to)$/,
});
