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
import { type ParsedDirective, parseCaddyfile } from './testing/parse-caddyfile';

const targets: readonly RenderTarget[] = [
  { server: 'caddy', version: '2.11.4', openssl: null, layout: 'debian', modules: null },
  { server: 'caddy', version: '2.6.2', openssl: null, layout: 'rhel', modules: null },
];
const runs = Number(process.env.HOSTILE_RUNS ?? 2000);

/**
 * Directives, blocks and number of words: what a value must never change. Sorted, because longer paths stand before shorter ones; the
 * names of snippets and the addresses of sites are values themselves.
 */
function shape(directives: readonly ParsedDirective[], depth = 0): readonly string[] {
  return directives
    .filter(({ words }) => !words[0]?.startsWith('gatehouse_'))
    .map(({ words, block }) =>
      JSON.stringify([depth === 0 ? '' : words[0], words.length, block && shape(block, depth + 1)]),
    )
    .sort();
}

function rendered(input: SiteInput, target: RenderTarget): readonly ParsedDirective[] | Issue[] {
  const parsed = parseSite(input);
  if (!parsed.ok) return parsed.error;
  const { files, issues } = renderTarget([parsed.value], target);
  // Nothing that has an error is ever applied.
  const unprintable = issues.filter(({ code }) => code === 'caddy.characters');
  if (unprintable.length > 0) return unprintable;
  return parseCaddyfile(files.map((file) => (file.kind === 'file' ? file.content : '')).join(''));
}

const isTree = (result: ReturnType<typeof rendered>): result is readonly ParsedDirective[] =>
  result.every((entry) => 'words' in entry);

describe('hostile text in any field', () => {
  const cases = fullSites.flatMap((document) => stringFields(document).map((path) => ({ document, path })));

  test(
    'is refused with the field named, or is one value in an otherwise unchanged configuration',
    () => {
      const usual = new Map(
        targets.flatMap((target) =>
          fullSites.map((document) => [
            `${document.name} ${target.version}`,
            shape(rendered(document, target) as readonly ParsedDirective[]),
          ]),
        ),
      );
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
              // Some values are compared with what is already there (a header that is guarded anyway), so a plain value of the
              // same make may have another shape than the document's own.
              const plain = rendered(
                withValue(document, path, text.replaceAll(/[^A-Za-z0-9_./:-]/g, 'x')),
                target,
              );
              const allowed = [
                usual.get(`${document.name} ${target.version}`),
                isTree(plain) ? shape(plain) : undefined,
              ];
              expect(allowed.map(String), place).toContain(String(shape(result)));
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

/** A finding names the field itself, the object around it, or (for names) the place that uses it. */
function refersTo(issue: Issue['path'], field: Issue['path']): boolean {
  if (field.at(-1) === 'name' && field[0] === 'upstreams') return true;
  const shorter = Math.min(issue.length, field.length);
  return shorter > 0 && issue.slice(0, shorter).every((part, index) => part === field[index]);
}
