import { hostileSuite } from '../conformance/hostile-suite';
import type { ParsedDirective } from '../conformance/parsed-directive';
import { parseConfig } from './testing/parse-config';

const shape = (directives: readonly ParsedDirective[]): readonly string[] =>
  directives
    .filter(({ words }) => words[0] !== 'Define')
    .map(({ words, block }) => JSON.stringify([words[0], words.length, block && shape(block)]))
    .sort();

hostileSuite({
  targets: [
    { server: 'apache', version: '2.4.71', openssl: '3.0.22', layout: 'debian', modules: null },
    { server: 'apache', version: '2.4.37', openssl: '1.1.1', layout: 'rhel', modules: null },
  ],
  parse: parseConfig,
  shape,
});
