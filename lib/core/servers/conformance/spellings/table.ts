/** What becomes of a request: the rule answers, it is denied (403), refused (400 or 404), or treated as any other path of the site. */
export type Outcome = 'rule' | 'denied' | 'refused' | 'site';

export const rules = ['deny', 'bypass', 'bypass-auth', 'static', 'own upstream', 'own limits'] as const;
export type RuleName = (typeof rules)[number];

/** The path of each rule: two parts, so that a slash within it can be written otherwise too. */
export const pathOf = (rule: RuleName) => `/v1/${rule.replace(' ', '-')}`;

const [v1, rest] = ['/v1', (path: string) => path.slice('/v1/'.length)];

/** How the path of a rule, such as `/v1/deny`, is written on the request line; each row with the answer for a rule that denies and for all others. */
export const spellings: readonly {
  readonly title: string;
  readonly write: (path: string) => string;
  readonly deny: Outcome;
  readonly others: Outcome;
}[] = [
  { title: 'as the rule writes it', write: (path) => `${path}/x.txt`, deny: 'denied', others: 'rule' },
  { title: '%2f', write: (path) => `${path}%2fx.txt`, deny: 'denied', others: 'refused' },
  { title: '%2F', write: (path) => `${path}%2Fx.txt`, deny: 'denied', others: 'refused' },
  { title: '%252f', write: (path) => `${path}%252fx.txt`, deny: 'denied', others: 'refused' },
  { title: '%25252F', write: (path) => `${path}%25252Fx.txt`, deny: 'denied', others: 'refused' },
  { title: 'inner %2f', write: (path) => `${v1}%2f${rest(path)}/x.txt`, deny: 'denied', others: 'refused' },
  {
    title: 'inner %252F',
    write: (path) => `${v1}%252F${rest(path)}/x.txt`,
    deny: 'denied',
    others: 'refused',
  },
  { title: '// in front', write: (path) => `/${path}/x.txt`, deny: 'denied', others: 'refused' },
  { title: '// within', write: (path) => `${v1}//${rest(path)}/x.txt`, deny: 'denied', others: 'refused' },
  {
    title: '//name in front',
    write: (path) => `//evil.example${path}/x.txt`,
    deny: 'denied',
    others: 'site',
  },
  { title: ';x behind', write: (path) => `${path};x/x.txt`, deny: 'denied', others: 'refused' },
  { title: ';x within', write: (path) => `${v1};x=1/${rest(path)}/x.txt`, deny: 'denied', others: 'refused' },
  {
    title: '/;x/ within',
    write: (path) => `${v1}/;x/${rest(path)}/x.txt`,
    deny: 'denied',
    others: 'refused',
  },
  { title: '%00', write: (path) => `${path}%00/x.txt`, deny: 'refused', others: 'refused' },
  { title: '%2500', write: (path) => `${path}%2500/x.txt`, deny: 'refused', others: 'refused' },
  { title: 'backslash', write: (path) => `${path}\\x.txt`, deny: 'denied', others: 'refused' },
  { title: '%5c', write: (path) => `${path}%5Cx.txt`, deny: 'denied', others: 'refused' },
  { title: 'inner %5c', write: (path) => `${v1}%5c${rest(path)}/x.txt`, deny: 'denied', others: 'refused' },
  { title: 'dot segments', write: (path) => `/other/..${path}/x.txt`, deny: 'refused', others: 'refused' },
  { title: '%2e%2e', write: (path) => `/other/%2e%2e${path}/x.txt`, deny: 'refused', others: 'refused' },
  { title: 'single dot', write: (path) => `${v1}/./${rest(path)}/x.txt`, deny: 'denied', others: 'refused' },
  {
    title: 'encoded letter',
    write: (path) => `${path.replace('v', '%76')}/x.txt`,
    deny: 'denied',
    others: 'refused',
  },
  {
    title: 'letter encoded twice',
    write: (path) => `${path.replace('v', '%2576')}/x.txt`,
    deny: 'refused',
    others: 'refused',
  },
  { title: 'no last slash', write: (path) => path, deny: 'denied', others: 'site' },
  { title: 'no last slash, query', write: (path) => `${path}?a=/x.txt`, deny: 'denied', others: 'site' },
  { title: 'upper case', write: (path) => `${path.toUpperCase()}/x.txt`, deny: 'denied', others: 'site' },
];

/** Requests of other paths that have encoded characters for good reasons: they must arrive byte for byte. */
export const innocent: readonly string[] = [
  '/job/feature%2Fws',
  '/job/feature%252Fv1%252Fdeny/x',
  '/api/v4/projects/group%2Fproject',
  '/a;v=1/b',
  '/a%5Cb',
  '/x//y',
  '/v1/denyx/y',
  '/v1x/deny/y',
  '/v1/other%2Fdeny/x',
];

/** What the path means to an application that decodes until nothing is left, cuts parameters and NULs, and minds neither case nor kind of slash. */
export function mostGenerousReading(target: string): string {
  let path = target.split('?')[0] ?? '';
  for (let again = true; again; ) {
    const decoded = path.replaceAll(/%[0-9a-fA-F]{2}/g, (code) =>
      String.fromCharCode(Number.parseInt(code.slice(1), 16)),
    );
    again = decoded !== path;
    path = decoded;
  }
  const parts = (path.split('\0')[0] ?? '')
    .replaceAll('\\', '/')
    .split('/')
    .map((part) => part.split(';')[0] ?? '');
  const kept: string[] = [];
  for (const part of parts) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}
