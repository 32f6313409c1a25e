import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { serverNames } from '#lab/root-layers';
import { faults } from './index';

const folder = fileURLToPath(new URL('.', import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));

test('the matrix has the faults of this folder, each once', () => {
  const inFolder = files.filter((name) => name !== 'index.ts' && !name.endsWith('.test.ts'));
  const modules = inFolder.map((name) => name.replace(/\.ts$/, ''));
  const listed = [...readFileSync(`${folder}index.ts`, 'utf8').matchAll(/from '\.\/([a-z-]+)'/g)].map(
    ([, name]) => name,
  );
  expect(listed.sort()).toEqual(modules.sort());
  expect(faults).toHaveLength(modules.length);
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
});

test('every web server has its column', () => {
  const columns = files.filter((name) => name.endsWith('.faults.test.ts'));
  expect(columns.sort()).toEqual([...serverNames].map((name) => `${name}.faults.test.ts`).sort());
});
