import type { PathMapping, ProxyAction, ResolvedLocation } from '../../../resolve/resolved';
import type { LineOrigin } from '../../../site/origin';
import { type Directive, directive, escapePattern, pattern, variable } from '../tree';

/**
 * `proxy_pass` for a path mapping. Without mapping there is no path behind the upstream's name, so the request line goes on byte for byte.
 * With one, the literal form is used where the path may be normalised, and otherwise a pair of rewrites on $request_uri, which keeps `%2F`,
 * `//` and the query string. A captured part is never put into `proxy_pass`: it would be decoded and lose the query.
 */
export function proxyPass(
  action: ProxyAction,
  { match, rank }: Pick<ResolvedLocation, 'match' | 'rank'>,
  upstreamUrl: string,
): readonly Directive[] {
  const { value: mapping, origin } = action.path;
  if (mapping.kind === 'none') return [directive(action.upstream.origin, 'proxy_pass', upstreamUrl)];
  const fixed =
    match.kind === 'exact' || (match.kind === 'prefix' && rank !== 'pattern')
      ? match.path
      : match.kind === 'any'
        ? '/'
        : null;
  if (!action.rawUri.value && fixed !== null)
    return [directive(origin, 'proxy_pass', upstreamUrl + mapped(fixed, mapping))];
  if (mapping.kind === 'add') {
    return [
      directive(origin, 'proxy_pass', [upstreamUrl + mapping.prefix.slice(0, -1), variable('request_uri')]),
    ];
  }
  return [...rewrites(mapping, origin), directive(origin, 'proxy_pass', [upstreamUrl, variable('uri')])];
}

function rewrites(
  mapping: Exclude<PathMapping, { kind: 'none' | 'add' }>,
  origin: LineOrigin,
): readonly Directive[] {
  const [from, to] = mapping.kind === 'strip' ? [mapping.prefix, '/'] : [mapping.from, mapping.to];
  const because = (why: string) => ({ path: origin.path, why });
  return [
    directive(because('the path as it was sent, not decoded'), 'rewrite', '^', variable('request_uri')),
    directive(
      origin,
      'rewrite',
      pattern(`^${escapePattern(from.slice(0, -1))}(/.*)$`),
      [to.slice(0, -1), variable('1')],
      'break',
    ),
    directive(
      because('the prefix was written in another way (//, %62, ..), so it cannot be taken off'),
      'return',
      '400',
    ),
  ];
}

function mapped(path: string, mapping: PathMapping): string {
  switch (mapping.kind) {
    case 'none':
      return path;
    case 'strip':
      return path.slice(mapping.prefix.length - 1);
    case 'add':
      return mapping.prefix + path.slice(1);
    case 'replace':
      return mapping.to + path.slice(mapping.from.length);
  }
}
