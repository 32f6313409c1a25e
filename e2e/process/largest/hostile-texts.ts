import { type ExportedSite, fileEntry, wholeFile } from '#server/sites/transfer/site-text';
import { siteNumber } from '../../../scripts/load/seed';
import { largestSite } from './largest-site';

const yamlFile = (sites: readonly ExportedSite[]) =>
  wholeFile(
    'yaml',
    [],
    sites.map((site) => fileEntry('yaml', site)),
  );

/** Repeats a line, told its number, up to so many characters. */
function fill(size: number, line: (index: number) => string, head = ''): string {
  const parts = [head];
  for (let length = head.length, index = 0; ; index += 1) {
    const part = line(index);
    length += part.length;
    if (length > size) return parts.join('');
    parts.push(part);
  }
}

/** A file of as many sites as fit. */
function manySites(size: number): string {
  const each = (index: number) => ({ document: siteNumber(index + 100_000), targets: [], comment: '' });
  const sample = yamlFile(Array.from({ length: 200 }, (_, index) => each(index))).length / 200;
  return yamlFile(
    Array.from({ length: Math.min(10_000, Math.floor(size / sample) - 20) }, (_, index) => each(index)),
  );
}

const fewLargest = (size: number) => {
  const text = yamlFile([{ document: largestSite('l0'), targets: [], comment: '' }]).length;
  return yamlFile(
    Array.from({ length: Math.floor(size / text) }, (_, index) => ({
      document: largestSite(`l${index}`),
      targets: [],
      comment: '',
    })),
  );
};

const sites = 'schemaVersion: 1\nsites:\n';

/** Texts of a file of sites, each of about so many characters: what people may send, and what somebody sends to hurt. */
export function fileTexts(size: number): Readonly<Record<string, string>> {
  return {
    'file of many sites': manySites(size),
    'file of largest sites': fewLargest(size),
    'empty sites': fill(Math.min(size, 50_000), () => '- {}\n', sites),
    'wrong sites': fill(size, (index) => `- {a${index}: 1, b: [1, 2], c: x}\n`, sites),
    'unknown fields': fill(size, (index) => `  k${index}: 1\n`, `${sites}- name: a\n`),
    'wrong locations': fill(size, () => '  - {match: 1}\n', `${sites}- name: a\n  locations:\n`),
    'deep lists': '['.repeat(size),
    'deep maps': fill(size, () => '? '),
    'deep dashes': fill(size, () => '- '),
    'a growing indent': fill(size, (index) => `${' '.repeat(index)}k:\n`),
    'one long word': 'x'.repeat(size),
    'one long quoted word': `"${'\\n'.repeat(size / 2 - 1)}"`,
    'an open quote': `"${fill(size, () => 'x\n\n')}`,
    comments: fill(size, () => '#\n'),
    documents: fill(size, () => '---\n'),
    anchors: fill(size, (index) => `- &a${index} x\n`),
    tags: fill(size, (index) => `- !t${index} x\n`),
    'combining marks': fill(size, () => 'e\u0301\u0301\u0323', 'a: '),
    colons: ':'.repeat(size),
    'block scalars': fill(size, () => '- |\n  x\n'),
    'JSON of lists': `[${'[],'.repeat(size / 3 - 2)}[]]`,
    'blank lines': fill(size, () => ' \n'),
    tabs: fill(size, () => '\t\n', 'a:\n'),
    'merge keys': fill(size, () => '<<: {a: 1}\n'),
  };
}
