import type { Issue } from '../issue';
import type { HeaderRule } from '../site/schema';
import { allLocations, error, type Rule } from './rule';

/** Headers that belong to the connection or the message itself; the web server writes them. */
const connection = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'content-length',
  'expect',
];
const request = new Set([...connection, 'host', 'http2-settings']);
const response = new Set([
  ...connection,
  'content-type',
  'content-encoding',
  'content-range',
  'date',
  'last-modified',
  'location',
  'server',
  'set-cookie',
  'www-authenticate',
  'alt-svc',
]);

/** Header rules leave alone what the web server must write by itself, and name each header once. */
export const headerNames: Rule = (site) => {
  const issues: Issue[] = [];
  const check = (rules: readonly HeaderRule[], path: Issue['path'], forbidden: ReadonlySet<string>) => {
    const seen = new Set<string>();
    rules.forEach(({ name }, index) => {
      const lower = name.toLowerCase();
      if (forbidden.has(lower))
        issues.push(
          error('site.header-forbidden', [...path, index, 'name'], `the web server writes ${name} by itself`),
        );
      if (seen.has(lower))
        issues.push(
          error('site.header-twice', [...path, index, 'name'], `there is another rule for ${name}`),
        );
      seen.add(lower);
    });
  };
  check(site.requestHeaders, ['requestHeaders'], request);
  check(site.responseHeaders, ['responseHeaders'], response);
  for (const { location, path } of allLocations(site)) {
    check(location.requestHeaders, [...path, 'requestHeaders'], request);
    check(location.responseHeaders, [...path, 'responseHeaders'], response);
  }
  const { auth, userHeader } = site.access;
  if (userHeader) check([{ op: 'remove', name: userHeader.name }], ['access', 'userHeader'], request);
  if (auth.mode === 'forward') {
    auth.copyHeaders.forEach((name, index) => {
      if (request.has(name.toLowerCase()))
        issues.push(
          error(
            'site.header-forbidden',
            ['access', 'auth', 'copyHeaders', index],
            `the web server writes ${name} by itself`,
          ),
        );
    });
  }
  return issues;
};
