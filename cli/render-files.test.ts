import { mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CommandError } from './exit-code';
import { renderFiles } from './render-files';

const example = join(import.meta.dirname, '../examples/sites/buildbot.yaml');
let directory = '';

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'gatehouse-render-'));
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

const options = { server: 'nginx', layout: 'debian' };

async function refusal(text: string, change: object = {}): Promise<CommandError> {
  const file = join(directory, 'site.yaml');
  await writeFile(file, text);
  const outcome: unknown = await renderFiles({ ...options, ...change, files: [file] }).catch(
    (problem: unknown) => problem,
  );
  if (!(outcome instanceof CommandError)) throw new Error(`not refused: ${String(outcome)}`);
  return outcome;
}

describe('gatehouse render', () => {
  test('writes each file at its place on the host', async () => {
    await renderFiles({ ...options, serverVersion: '1.26.3', files: [example], out: directory });
    const site = await readFile(join(directory, 'etc/nginx/sites-available/gatehouse-buildbot.conf'), 'utf8');
    expect(site).toContain('http2 on;');
    expect(await readlink(join(directory, 'etc/nginx/sites-enabled/gatehouse-buildbot.conf'))).toBe(
      '/etc/nginx/sites-available/gatehouse-buildbot.conf',
    );
    // A second time over the first one, with versions as packages and programs tell them.
    const told = { serverVersion: '1.22.1-9+deb12u1', openssl: '1.1.1w' };
    await renderFiles({ ...options, ...told, files: [example], out: directory });
    expect(
      await readFile(join(directory, 'etc/nginx/sites-available/gatehouse-buildbot.conf'), 'utf8'),
    ).toContain('ssl http2;');
  });

  test('a bad document ends with 2 and the name of the field', async () => {
    const text = await readFile(example, 'utf8');
    const problem = await refusal(text.replace('8010', '70000'));
    expect(problem.code).toBe(2);
    expect(problem.message).toContain('upstreams[0].servers[0].port: must be 1 to 65535');
  });

  test('text that is no document, a file that is not there and a version that is none are refused', async () => {
    expect((await refusal('a: [')).code).toBe(2);
    expect((await refusal('just text')).message).toContain('must be a site document');
    expect((await refusal(await readFile(example, 'utf8'), { serverVersion: 'newest' })).code).toBe(2);
    expect((await refusal(await readFile(example, 'utf8'), { openssl: '3;0' })).message).toBe(
      '--openssl: must be a version such as 1.26.3, not "3;0"',
    );
    await expect(renderFiles({ ...options, files: [join(directory, 'none.yaml')] })).rejects.toThrow(
      'cannot be read',
    );
  });

  test('what the web server cannot do is refused with the field, and nothing is written', async () => {
    const text = (await readFile(example, 'utf8')).replace(
      /tls:[\s\S]*?privkey.pem/,
      'tls:\n  mode: automatic',
    );
    const out = join(directory, 'out');
    expect((await refusal(text, { out })).message).toContain(
      'tls: nginx does not obtain certificates by itself',
    );
    await expect(readFile(join(out, 'etc/nginx/conf.d/00-gatehouse.conf'))).rejects.toThrow();
  });
});
