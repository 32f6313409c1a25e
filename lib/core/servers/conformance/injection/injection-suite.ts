import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Issue } from '../../../issue';
import type { Site } from '../../../site/schema';
import { parseTemplate } from '../../../site/template';
import { valueAt } from '../../../site/testing/string-fields';
import type { RenderTarget } from '../../../web-server/render-target';
import { renderTarget } from '../../render';
import type { Rendering } from '../../types';
import type { ServerDriver } from '../driver';
import { makeCertificates } from '../make-certificates';
import { targetOf } from '../stage';
import { accepted, type Case, harmlessLike, injectionCases, namesFile, refersTo, siteOf } from './cases';

/** A case that the schema and the renderer let through. */
export interface AcceptedCase extends Case {
  readonly site: Site;
  /** The same document with a harmless text. */
  readonly twin: Site;
}

/** How one kind of server shows what it has read. */
export interface Reading {
  readonly driver: ServerDriver;
  /** Text of a users' file in this server's form. */
  readonly users: string;
  /** Sites that are shown to it together. */
  readonly batch: number;
  /** Texts to try, unless `HOSTILE_RUNS` says how many. */
  readonly usualCount: number;
  /** Whether a case can be among others in a configuration that must load. */
  readonly loads: (one: Case) => boolean;
  /**
   * What the real server reads of a configuration, by site, in a form that is equal for a harmless twin. Throws where it refuses the files, or reads
   * others than ours.
   */
  readonly read: (rendering: Rendering, directory: string) => Promise<ReadonlyMap<string, string>>;
  /** Anything else the server can tell about the files of a case and those of its twin; throws where they differ in more than the text. */
  readonly compare?: (
    pairs: readonly { readonly one: AcceptedCase; readonly own: Rendering; readonly twin: Rendering }[],
    directory: string,
  ) => Promise<void>;
}

const seed = Number(process.env.HOSTILE_SEED ?? 20_261_121);

/**
 * Hostile text in every text field of documents that use all of them: it is refused with the field named, or the real server reads the
 * same configuration as for a harmless text.
 */
export function describeInjection(reading: Reading): void {
  const { driver, users, batch } = reading;
  const count = Number(process.env.HOSTILE_RUNS ?? reading.usualCount);
  let directory = '';
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), `gatehouse-${driver.kind}-injection-`));
    await mkdir(`${directory}/files/odd`, { recursive: true });
    const pair = {
      certificatePath: `${directory}/files/c.crt`,
      keyPath: `${directory}/files/c.key`,
      hostnames: ['x'],
    };
    await makeCertificates([pair], (path) => path);
    await writeFile(`${directory}/files/users`, users);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  test(
    `${count} hostile texts are refused with the field named, or change nothing in what the server reads`,
    async () => {
      const target = await targetOf(driver);
      const { through, refused } = sorted(
        injectionCases(driver.kind, count, `${directory}/files`, seed),
        target,
      );
      expect(through.length).toBeGreaterThan(count / 50);
      const shown = through.filter(reading.loads);
      for (let at = 0; at < shown.length; at += batch) {
        await judge(shown.slice(at, at + batch), target);
      }
      await reading.compare?.(
        through.map((one) => ({
          one,
          own: renderTarget([one.site], target),
          twin: renderTarget([one.twin], target),
        })),
        directory,
      );
      console.log(
        `${driver.kind} ${target.version}: ${count} hostile texts, ${refused} refused with the field named, ${through.length} accepted; ${shown.length} of them read by the server beside a harmless twin`,
      );
    },
    Math.max(600_000, count * 60),
  );

  /** Reads two configurations, which are alike but for the texts. */
  async function judge(cases: readonly AcceptedCase[], target: RenderTarget): Promise<void> {
    const read = async (pick: 'site' | 'twin', some: readonly AcceptedCase[]) => {
      const place = await mkdtemp(join(directory, 'batch-'));
      for (const one of some) await makeFile(one, pick === 'site' ? one.text : plainOf(one));
      const found = await reading.read(
        renderTarget(
          some.map((one) => one[pick]),
          target,
        ),
        place,
      );
      await rm(place, { recursive: true });
      return found;
    };
    const ofOwn = read('site', cases).catch(async (problem: unknown) => {
      // Which one of them it was, in words that lead to it.
      if (cases.length > 1) for (const one of cases) await judge([one], target);
      throw new Error(`${cases.length} cases, the last ${placeOf(cases.at(-1))}: ${String(problem)}`);
    });
    const [own, twins] = await Promise.all([ofOwn, read('twin', cases)]);
    const differing = cases.filter(
      ({ site, twin }) => !own.has(site.name) || own.get(site.name) !== twins.get(twin.name),
    );
    if (differing.length === 0) return;
    const [first] = differing;
    // Where the server mixes sites, each has to be looked at alone to know which one it was.
    if (cases.length > 1) for (const one of cases) await judge([one], target);
    expect(first && own.get(first.site.name), placeOf(first)).toEqual(first && twins.get(first.twin.name));
  }

  /** A file of a hostile name, where the server looks for it. */
  async function makeFile({ path }: Case, text: string): Promise<void> {
    if (!namesFile(path)) return;
    if (['directory', 'acmeDirectory'].includes(String(path.at(-1)))) {
      await mkdir(text, { recursive: true });
      return;
    }
    await mkdir(dirname(text), { recursive: true });
    const source = { usersFile: 'users', key: 'c.key' }[String(path.at(-1))] ?? 'c.crt';
    await copyFile(`${directory}/files/${source}`, text);
  }
}

/** Sorts cases; every refusal must name the field. */
function sorted(cases: readonly Case[], target: RenderTarget) {
  const through: AcceptedCase[] = [];
  let refused = 0;
  for (const one of cases) {
    const parsed = siteOf(one, one.text);
    const issues = parsed.ok ? errorsOf(parsed.value, target) : parsed.error;
    if (parsed.ok && issues.length === 0) {
      const twin = accepted(siteOf(one, plainOf(one)));
      if (twin === null) throw new Error(`no harmless document: ${placeOf(one)}`);
      through.push({ ...one, site: parsed.value, twin });
      continue;
    }
    const named = issues.some(({ path }) => refersTo(path, one.path));
    if (!named) throw new Error(`the field is not named: ${placeOf(one)} ${JSON.stringify(issues)}`);
    refused++;
  }
  return { through, refused };
}

const errorsOf = (site: Site, target: RenderTarget): readonly Issue[] =>
  renderTarget([site], target).issues.filter(({ severity }) => severity === 'error');

/** A text of the same make where the schema takes it, else the document's own. */
function plainOf(one: Case): string {
  const template = one.path.at(-1) === 'value' ? parseTemplate(one.text) : null;
  // A placeholder of ours means what it says, so the harmless value has the same ones.
  const alike =
    template?.map((part) => (part.kind === 'text' ? harmlessLike(part.text) : `{${part.name}}`)).join('') ??
    harmlessLike(one.text);
  return siteOf(one, alike).ok ? alike : String(valueAt(one.document, one.path));
}

export const placeOf = (one: Case | undefined): string =>
  one ? `${one.document.name} ${one.path.join('.')}: ${JSON.stringify(one.text)}` : 'none';
