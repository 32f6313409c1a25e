import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { runGatehouse } from './testing/run-gatehouse';

const dir = mkdtempSync(join(tmpdir(), 'gatehouse-cli-test-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const gatehouse = (args: readonly string[], input = '') =>
  runGatehouse(args, { GATEHOUSE_DATA_DIR: join(dir, 'data') }, input);
const setup = (password: string) =>
  gatehouse(['setup', '--email', 'Ada@Example.com', '--team', 'Build Team', '--password-stdin'], password);

test('setup makes the first admin once, and takes the password from standard input only', async () => {
  expect(await setup('short')).toMatchObject({ status: 2, stderr: expect.stringContaining('12 characters') });
  expect(await gatehouse(['setup', '--email', 'a@b.example', '--team', 'x'])).toMatchObject({ status: 2 });
  expect(await setup('correct horse battery\n')).toMatchObject({
    status: 0,
    stdout: 'Made ada@example.com admin of the team Build Team (build-team).\n',
  });
  expect(await setup('correct horse battery')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('already'),
  });
});

test('token create prints the token and nothing else; who is no member gets none', async () => {
  const create = (...args: string[]) => gatehouse(['token', 'create', '--name', 'script', ...args]);
  expect((await create('--email', 'ada@example.com', '--team', 'build-team')).stdout).toMatch(
    /^gh_[\w-]{43}\n$/,
  );
  expect(await create('--email', 'ada@example.com', '--team', 'nope')).toMatchObject({
    status: 1,
    stdout: '',
  });
  expect((await create('--email', 'eve@example.com', '--team', 'build-team')).status).toBe(1);
  const ada = ['--email', 'ada@example.com', '--team', 'build-team'];
  expect((await create(...ada, '--expires', 'tomorrow')).status).toBe(2);
  expect(await create(...ada, '--expires', '400d')).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('at most a year away'),
  });
  expect((await create(...ada, '--scope', 'everything')).status).toBe(2);
  expect((await create(...ada, '--scope', 'plan', '--expires', '30d')).stdout).toMatch(/^gh_[\w-]{43}\n$/);
});

test('activity verify says that the record is whole, and names the row that is not', async () => {
  const file = join(dir, 'data', 'gatehouse.db');
  const whole = await gatehouse(['activity', 'verify']);
  expect(whole).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^The activity record is intact: 3 rows/),
  });
  const head = /Head: (\S+)/.exec(whole.stdout)?.[1] ?? '';
  const database = new Database(file);
  database.exec('DROP TRIGGER Activity_no_update; DROP TRIGGER Activity_no_delete');
  database.exec('DELETE FROM Activity WHERE sequence = 3');
  expect(await gatehouse(['activity', 'verify', '--head', head])).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('row 3 is missing'),
  });
  database.exec("UPDATE Activity SET actorLabel = 'eve@example.com' WHERE sequence = 1");
  database.close();
  expect(await gatehouse(['activity', 'verify'])).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/row 1 is not as it was written.*\n.*eve@example\.com team\.created/),
  });
});

test('help comes with examples, and a wrong command line is told apart from a failure', async () => {
  for (const args of [[], ['setup'], ['token', 'create']]) {
    const { status, stdout } = await gatehouse([...args, '--help']);
    expect([status, stdout]).toEqual([0, expect.stringMatching(/Examples?:/)]);
  }
  expect((await gatehouse(['nonsense'])).status).toBe(2);
  expect((await gatehouse(['token', 'create'])).status).toBe(2);
});

test('reset-password prints a link and nothing else; nobody else’s', async () => {
  const reset = (email: string) => gatehouse(['reset-password', '--email', email]);
  expect(await reset('Ada@Example.com')).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/reset#[\w-]{24}\.[\w-]{43}\n$/),
  });
  expect(await reset('eve@example.com')).toMatchObject({ status: 1, stdout: '' });
});

test('render and schema need no data directory', async () => {
  rmSync(join(dir, 'data'), { recursive: true, force: true });
  const example = fileURLToPath(new URL('../examples/sites/buildbot.yaml', import.meta.url));
  expect((await gatehouse(['render', example, '--server', 'nginx', '--out', join(dir, 'out')])).status).toBe(
    0,
  );
  expect(JSON.parse((await gatehouse(['schema'])).stdout)).toHaveProperty('properties.hostnames');
  expect(readdirSync(dir)).toEqual(['out']);
});
