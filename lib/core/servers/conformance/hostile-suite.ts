import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Issue } from '../../issue';
import { parseSite } from '../../rules/parse-site';
import type { SiteInput } from '../../site/schema';
import { fullSites } from '../../site/testing/full-site';
import { spoiled } from '../../site/testing/hostile-text';
import { stringFields, valueAt, withValue } from '../../site/testing/string-fields';
import type { RenderTarget } from '../../web-server/render-target';
import { renderTarget } from '../render';
import type { ParsedDirective } from './parsed-directive';

/** How one kind of server reads what we wrote. */
export interface HostileQuestions {
  readonly targets: readonly RenderTarget[];
  readonly parse: (text: string) => readonly ParsedDirective[];
  /** Directives, blocks and number of words: what a value must never change. Sorted, because longer paths stand before shorter ones. */
  readonly shape: (directives: readonly ParsedDirective[]) => readonly string[];
  /** Fields whose plain value may have another shape than the document's own, by their path; all of them unless it is said. */
  readonly varying?: RegExp;
  /** Code of an error for values that this server cannot be told; nothing that has an error is ever applied. */
  readonly unprintable?: string;
}

const runs = Number(process.env.HOSTILE_RUNS ?? 2000);

/** Injection: what people type never becomes more than the one value that it was typed for. */
export function hostileSuite({ targets, parse, shape, varying = /^/, unprintable }: HostileQuestions): void {
  /** The shape of what is rendered, or the findings that refuse the document. */
  function rendered(input: SiteInput, target: RenderTarget): string | readonly Issue[] {
    const parsed = parseSite(input);
    if (!parsed.ok) return parsed.error;
    const { files, issues } = renderTarget([parsed.value], target);
    const refusals = issues.filter(({ code }) => code === unprintable);
    if (refusals.length > 0) return refusals;
    return String(shape(parse(files.map((file) => (file.kind === 'file' ? file.content : '')).join(''))));
  }

  describe('hostile text in any field', () => {
    const cases = fullSites.flatMap((document) => stringFields(document).map((path) => ({ document, path })));

    test(
      'is refused with the field named, or is one value in an otherwise unchanged configuration',
      () => {
        const usual = new Map(
          targets.map((target) => [
            target,
            new Map(fullSites.map((document) => [document, rendered(document, target)])),
          ]),
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
              if (typeof result === 'string') {
                const own = usual.get(target)?.get(document);
                if (result === own) return;
                if (!varying.test(path.join('.'))) expect(result, place).toBe(own);
                // Some values are compared with what is already there (a header that is guarded anyway), so a plain value of the
                // same make may have another shape than the document's own.
                const plain = text.replaceAll(/[^A-Za-z0-9_./:-]/g, 'x');
                expect(result, place).toBe(rendered(withValue(document, path, plain), target));
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
}

/** A finding names the field itself, the object around it, or (for names) the place that uses it. */
function refersTo(issue: Issue['path'], field: Issue['path']): boolean {
  if (field.at(-1) === 'name' && field[0] === 'upstreams') return true;
  const shorter = Math.min(issue.length, field.length);
  return shorter > 0 && issue.slice(0, shorter).every((part, index) => part === field[index]);
}
