import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSite } from '../rules/parse-site';
import { renderTarget } from '../servers/render';
import type { RenderTarget } from '../web-server/render-target';
import { type HandWritten, handWritten } from './testing/hand-written';

const target = (server: HandWritten['server']): RenderTarget => ({
  server,
  version: null,
  openssl: null,
  layout: 'debian',
  modules: null,
});

test.each(handWritten)(
  'configuration $id is said by valid documents that $server can serve',
  ({ server, sites }) => {
    const documents = sites.map((input) => {
      const parsed = parseSite(input);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
      return parsed.value;
    });
    const { issues } = renderTarget(documents, target(server));
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  },
);

test('the table in the docs counts what is said fully, nearly and not', () => {
  const fully = handWritten.filter(({ missing }) => missing.length === 0);
  const not = handWritten.filter(({ usable }) => !usable);
  const nearly = handWritten.length - fully.length - not.length;
  const text = readFileSync(join(import.meta.dirname, '../../../docs/guide/sites.md'), 'utf8');
  expect(text).toContain(
    `Of ${handWritten.length} configurations that people wrote by hand a site says ${fully.length} fully, ${nearly} nearly, and ${not.length} not`,
  );
  for (const reason of new Set(handWritten.flatMap(({ missing }) => missing))) expect(text).toContain(reason);
});
