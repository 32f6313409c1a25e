import type { PathMapping } from './resolved';

/** The upstream's and the public prefix of a mapping. */
export function innerAndOuter(mapping: PathMapping): [string, string] {
  switch (mapping.kind) {
    case 'none':
      return ['/', '/'];
    case 'strip':
      return ['/', mapping.prefix];
    case 'add':
      return [mapping.prefix, '/'];
    case 'replace':
      return [mapping.to, mapping.from];
  }
}
