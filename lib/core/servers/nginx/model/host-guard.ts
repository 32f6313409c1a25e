import type { ResolvedVhost } from '../../../resolve/resolved';
import { type Argument, block, directive, escapePattern, type Node, pattern, variable } from '../tree';

const host = variable('host');
const known = variable('gatehouse_known_host');
// nginx reads its files through a buffer of 4096 bytes; no single word may be longer.
const longestPattern = 2000;

/**
 * Refuses requests for names that this server does not have. nginx hands such requests to the first server of a port, which may be this one;
 * claiming `default_server` instead would collide with the distribution's own. Makes `$host` trustworthy everywhere below.
 */
export function hostGuard(vhost: ResolvedVhost): readonly Node[] {
  const origin = {
    path: vhost.hostnames[0]?.origin.path?.slice(0, -1) ?? null,
    why: 'requests for other names are not answered',
  };
  const refuse = directive(origin, 'return', '421');
  const [first] = vhost.hostnames;
  if (vhost.hostnames.length === 1 && first && !first.value.startsWith('*')) {
    return [block(origin, 'if', [host, '!=', first.value], [refuse])];
  }
  const patterns = namePatterns(vhost.hostnames.map(({ value }) => value));
  const [only] = patterns;
  if (patterns.length === 1 && only) return [block(origin, 'if', [host, '!~', only], [refuse])];
  return [
    directive(origin, 'set', known, ''),
    ...patterns.map((names) =>
      block(origin, 'if', [host, '~', names], [directive(origin, 'set', known, '1')]),
    ),
    block(origin, 'if', [known, '=', ''], [refuse]),
  ];
}

function namePatterns(names: readonly string[]): readonly Argument[] {
  const groups: string[][] = [[]];
  let length = 0;
  for (const name of names) {
    const text = namePattern(name);
    if (length + text.length > longestPattern) {
      groups.push([]);
      length = 0;
    }
    groups.at(-1)?.push(text);
    length += text.length + 1;
  }
  return groups.map((group) => pattern(`^(?:${group.join('|')})\\z`));
}

/** A host name as a pattern; a wildcard stands for one or more labels, as in `server_name`. */
export function namePattern(name: string): string {
  return name.startsWith('*.') ? `.+${escapePattern(name.slice(1))}` : escapePattern(name);
}
