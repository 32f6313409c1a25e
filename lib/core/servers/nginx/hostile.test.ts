import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../issue';
import { parseSite } from '../../site/parse-site';
import type { SiteInput } from '../../site/schema';
import { fullSites } from '../../site/testing/full-site';
import { spoiled } from '../../site/testing/hostile-text';
import { stringFields, valueAt, withValue } from '../../site/testing/string-fields';
import { renderTarget } from '../render';
import type { RenderTarget } from '../types';
import { type ParsedDirective, parseConfig, wordCount } from './testing/parse-config';

const targets: readonly RenderTarget[] = [
  { server: 'nginx', version: '1.22.1', openssl: '3.0.22', layout: 'debian', modules: null },
  { server: 'nginx', version: '1.29.6', openssl: '3.5.0', layout: 'rhel', modules: null },
];
const runs = Number(process.env.HOSTILE_RUNS ?? 2000);

/** Directives, blocks and number of words: what a value must never change. Sorted, because longer paths stand before shorter ones. */
function shape(directives: readonly ParsedDirective[], without = ''): string {
  const shapes = directives
    .filter(({ words }) => words[0] !== without)
    .map(({ words, block }) => JSON.stringify([words[0], wordCount(words), block && shape(block, without)]));
  return JSON.stringify(shapes.sort());
}

/** The other spellings of these names are removed too, and how many there are depends on the name. */
const namesWithTwins = /^access\.(?:userHeader\.name|auth\.copyHeaders\.\d+)$/;

function rendered(input: SiteInput, target: RenderTarget): readonly ParsedDirective[] | Issue[] {
  const parsed = parseSite(input);
  if (!parsed.ok) return parsed.error;
  const text = renderTarget([parsed.value], target).files.map((file) =>
    file.kind === 'file' ? file.content : '',
  );
  return parseConfig(text.join(''));
}

const isTree = (result: ReturnType<typeof rendered>): result is readonly ParsedDirective[] =>
  result.every((entry) => 'words' in entry);

describe('hostile text in any field', () => {
  const cases = fullSites.flatMap((document) => stringFields(document).map((path) => ({ document, path })));
  const usual = memo((document: SiteInput, target: RenderTarget, without: string) =>
    shape(rendered(document, target) as readonly ParsedDirective[], without),
  );

  test(
    'is refused with the field named, or is one value in an otherwise unchanged configuration',
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...targets),
          fc
            .constantFrom(...cases)
            .chain(({ document, path }) =>
              spoiled(String(valueAt(document, path))).map((text) => ({ document, path, text })),
            ),
          (target, { document, path, text }) => {
            const result = rendered(withValue(document, path, text), target);
            const place = `${path.join('.')}: ${JSON.stringify(text)}`;
            if (isTree(result)) {
              const without = namesWithTwins.test(path.join('.')) ? 'proxy_set_header' : '';
              expect(shape(result, without) === usual(document, target, without), place).toBe(true);
            } else {
              const named = result.some((issue) => refersTo(issue.path, path));
              expect(named, `${place} ${JSON.stringify(result)}`).toBe(true);
            }
          },
        ),
        { numRuns: runs },
      );
    },
    Math.max(30_000, runs * 20),
  );
});

/** Remembers what a harmless document gives, by document, target and what is left out. */
function memo(make: (document: SiteInput, target: RenderTarget, without: string) => string): typeof make {
  const known = new Map<string, string>();
  return (document, target, without) => {
    const key = `${document.name} ${target.version} ${without}`;
    const found = known.get(key) ?? make(document, target, without);
    known.set(key, found);
    return found;
  };
}

/** A finding names the field itself, the object around it, or (for names) the place that uses it. */
function refersTo(issue: Issue['path'], field: Issue['path']): boolean {
  if (field.at(-1) === 'name' && field[0] === 'upstreams') return true;
  const shorter = Math.min(issue.length, field.length);
  return shorter > 0 && issue.slice(0, shorter).every((part, index) => part === field[index]);
}
