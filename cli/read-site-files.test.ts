import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readSiteFiles } from './api/read-site-files';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-site-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const put = (name: string, text: string) => writeFile(join(folder, name), text);

test('a folder is one text with all its documents, and a finding leads back to its file', async () => {
  await put('a.yaml', 'schemaVersion: 1\nname: a\n');
  await put('b.yml', 'schemaVersion: 1\nsites:\n  - name: b\n  - name: c\n');
  await put('c.json', '{"schemaVersion": 1, "name": "d"}');
  await put('notes.md', 'no document');
  const { text, place } = await readSiteFiles([folder]);
  expect(parse(text)).toEqual({
    schemaVersion: 1,
    sites: [{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }],
  });
  expect(place(['sites', 0, 'upstreams', 0])).toEqual({
    file: join(folder, 'a.yaml'),
    path: ['upstreams', 0],
  });
  expect(place(['sites', 2, 'port'])).toEqual({ file: join(folder, 'b.yml'), path: ['sites', 1, 'port'] });
  expect(place(['sites', 3])).toEqual({ file: join(folder, 'c.json'), path: [] });
});

test('one file goes as it is, so that lines are its own', async () => {
  const text = '# why\nschemaVersion: 1\nname: a\n';
  await put('a.yaml', text);
  expect((await readSiteFiles([join(folder, 'a.yaml')])).text).toBe(text);
});

test('what cannot be read is named, and nothing is sent', async () => {
  await expect(readSiteFiles([join(folder, 'none.yaml')])).rejects.toThrow('none.yaml: cannot be read');
  await expect(readSiteFiles([folder])).rejects.toThrow('holds no .yaml');
  await put('a.yaml', 'schemaVersion: 1\nname: a\n');
  await put('b.yaml', 'a: [');
  await expect(readSiteFiles([folder])).rejects.toThrow('b.yaml: ');
  await put('b.yaml', 'name: b\n');
  await expect(readSiteFiles([folder])).rejects.toThrow('b.yaml: schemaVersion is required');
  await put('b.yaml', 'schemaVersion: 2\nname: b\n');
  await expect(readSiteFiles([folder])).rejects.toThrow('another schemaVersion');
  await put('b.yaml', ' ');
  await expect(readSiteFiles([folder])).rejects.toThrow('b.yaml: is empty');
});
