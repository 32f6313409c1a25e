import { hostileSuite } from '../conformance/hostile-suite';
import type { ParsedDirective } from '../conformance/parsed-directive';
import { parseCaddyfile } from './testing/parse-caddyfile';

/** The names of snippets and the addresses of sites are values themselves. */
const shape = (directives: readonly ParsedDirective[], depth = 0): readonly string[] =>
  directives
    .filter(({ words }) => !words[0]?.startsWith('gatehouse_'))
    .map(({ words, block }) =>
      JSON.stringify([depth === 0 ? '' : words[0], words.length, block && shape(block, depth + 1)]),
    )
    .sort();

hostileSuite({
  targets: [
    { server: 'caddy', version: '2.11.4', openssl: null, layout: 'debian', modules: null },
    { server: 'caddy', version: '2.6.2', openssl: null, layout: 'rhel', modules: null },
  ],
  parse: parseCaddyfile,
  shape,
  unprintable: 'caddy.characters',
});
