import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, expect, test, vi } from 'vitest';

// Each call starts two processes.
vi.setConfig({ testTimeout: 180_000 });
const program = fileURLToPath(new URL('gatehouse.mjs', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'gatehouse-cli-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function gatehouse(args: readonly string[], input = '') {
  const env = { ...process.env, GATEHOUSE_DATA_DIR: join(dir, 'data') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    env,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}
const setup = (password: string) =>
  gatehouse(['setup', '--email', 'Ada@Example.com', '--team', 'Build Team', '--password-stdin'], password);

test('setup makes the first admin once, and takes the password from standard input only', () => {
  expect(setup('short')).toMatchObject({ status: 2, stderr: expect.stringContaining('12 characters') });
  expect(gatehouse(['setup', '--email', 'a@b.example', '--team', 'x'])).toMatchObject({ status: 2 });
  expect(setup('correct horse battery\n')).toMatchObject({
    status: 0,
    stdout: 'Made ada@example.com admin of the team Build Team (build-team).\n',
  });
  expect(setup('correct horse battery')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('already'),
  });
});

test('token create prints the token and nothing else; who is no member gets none', () => {
  const create = (...args: string[]) => gatehouse(['token', 'create', '--name', 'script', ...args]);
  expect(create('--email', 'ada@example.com', '--team', 'build-team').stdout).toMatch(/^gh_[\w-]{43}\n$/);
  expect(create('--email', 'ada@example.com', '--team', 'nope')).toMatchObject({ status: 1, stdout: '' });
  expect(create('--email', 'eve@example.com', '--team', 'build-team').status).toBe(1);
  const ada = ['--email', 'ada@example.com', '--team', 'build-team'];
  expect(create(...ada, '--expires', 'tomorrow').status).toBe(2);
  expect(create(...ada, '--expires', '400d')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('at most a year away'),
  });
  expect(create(...ada, '--scope', 'everything').status).toBe(2);
  expect(create(...ada, '--scope', 'plan', '--expires', '30d').stdout).toMatch(/^gh_[\w-]{43}\n$/);
});

test('activity verify says that the record is whole, and names the row that is not', () => {
  const file = join(dir, 'data', 'gatehouse.db');
  const whole = gatehouse(['activity', 'verify']);
  expect(whole).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^The activity record is whole: 3 rows/),
  });
  const head = /Head: (\S+)/.exec(whole.stdout)?.[1] ?? '';
  const database = new Database(file);
  database.exec('DROP TRIGGER Activity_no_update; DROP TRIGGER Activity_no_delete');
  database.exec('DELETE FROM Activity WHERE sequence = 3');
  expect(gatehouse(['activity', 'verify', '--head', head])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('row 3 is missing'),
  });
  database.exec("UPDATE Activity SET actorLabel = 'eve@example.com' WHERE sequence = 1");
  database.close();
  expect(gatehouse(['activity', 'verify'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/row 1 is not as it was written.*\n.*eve@example\.com team\.created/),
  });
});

test('help comes with examples, and a wrong command line is told apart from a failure', () => {
  for (const args of [[], ['setup'], ['token', 'create']]) {
    const { status, stdout } = gatehouse([...args, '--help']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/Examples?:/)]);
  }
  expect(gatehouse(['nonsense']).status).toBe(2);
  expect(gatehouse(['token', 'create']).status).toBe(2);
});

test('reset-password prints a link and nothing else; nobody else’s', () => {
  const reset = (email: string) => gatehouse(['reset-password', '--email', email]);
  expect(reset('Ada@Example.com')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/reset#[\w-]{24}\.[\w-]{43}\n$/),
  });
  expect(reset('eve@example.com')).toMatchObject({ status: 1, stdout: '' });
});

test('render and schema need no data directory', () => {
  rmSync(join(dir, 'data'), { recursive: true, force: true });
  const example = fileURLToPath(new URL('../examples/sites/buildbot.yaml', import.meta.url));
  expect(gatehouse(['render', example, '--server', 'nginx', '--out', join(dir, 'out')]).status).toBe(0);
  expect(JSON.parse(gatehouse(['schema']).stdout)).toHaveProperty('properties.hostnames');
  expect(readdirSync(dir)).toEqual(['out']);
});
