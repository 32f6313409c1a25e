import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { scopePresets } from '#core/access/scope-presets';
import { defaultSite } from '#core/presets/default-site';
import { labAvailable } from '#lab/index';
import { listen } from '#server/testing/listen';
import { addMember } from '#server/testing/test-server';
import { team } from '../apply/dashboard';
import { startWorld, type World } from '../apply/world';

const available = labAvailable();
const root = fileURLToPath(new URL('../..', import.meta.url));
const file = '/etc/nginx/sites-available/gatehouse-buildbot.conf';

/** The worked example of docs/guide/ci.md: the very script, in a folder as a repository has it, against a dashboard and a host. */
describe.skipIf(available !== true)(
  `sites from a repository${available === true ? '' : ` (${available})`}`,
  () => {
    let world: World;
    let http: Awaited<ReturnType<typeof listen>>;
    let repository: string;
    const tokens = { plan: '', apply: '' };

    beforeAll(async () => {
      world = await startWorld();
      http = await listen(world.dashboard.server);
      for (const { id, scopes } of scopePresets) {
        if (id !== 'plan' && id !== 'apply') continue;
        tokens[id] = (await addMember(team, 'operator', `${id}@ci.test`, scopes)).token;
      }
      repository = await mkdtemp(join(tmpdir(), 'gatehouse-repository-'));
      await cp(join(root, 'examples/ci'), repository, { recursive: true });
      await mkdir(join(repository, 'bin'));
      const command = `#!/bin/sh\nexec ${process.execPath} ${join(root, 'cli/gatehouse.mjs')} "$@"\n`;
      await writeFile(join(repository, 'bin/gatehouse'), command, { mode: 0o755 });
    });
    afterAll(async () => {
      await http?.close();
      await world?.stop();
      await rm(repository, { recursive: true, force: true });
    });

    /** The script as a runner starts it. */
    async function run(step: 'plan' | 'apply' | 'drift', token: string) {
      const child = spawn('sh', ['gatehouse-ci.sh', step], {
        cwd: repository,
        env: {
          ...process.env,
          PATH: `${join(repository, 'bin')}:${process.env.PATH}`,
          GATEHOUSE_URL: http.url,
          GATEHOUSE_TOKEN: token,
          // The test runner asks for colours in its own.
          FORCE_COLOR: undefined,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => {
          output += String(chunk);
        });
      }
      const [status] = await once(child, 'close');
      if (process.env.SHOW_OUTPUT) console.log(`$ ./gatehouse-ci.sh ${step}\n${output}exit code ${status}`);
      return { status, output };
    }
    const edit = async (from: string, to: string) => {
      const path = join(repository, 'sites/buildbot.yaml');
      const text = await readFile(path, 'utf8');
      expect(text).toContain(from);
      await writeFile(path, text.replace(from, to));
    };

    test('a pull request is planned: exit code 2 and a comment, and the host is as it was', async () => {
      const before = await world.tree();
      const { status, output } = await run('plan', tokens.plan);
      expect(status, output).toBe(2);
      const comment = await readFile(join(repository, 'plan.md'), 'utf8');
      expect(comment).toMatch(/^### Gatehouse plan\n\n\*\*Plan: \d+ to create/);
      expect(comment).toContain('+    server_name ci.example.com;');
      expect(await world.tree()).toBe(before);
    });

    test('the token of pull requests cannot apply', async () => {
      const { status, output } = await run('apply', tokens.plan);
      expect(status, output).toBe(1);
      expect(output).toContain('it lacks applies.run');
    });

    test('the merge is applied, step by step, and serves; what is merged already changes nothing', async () => {
      const applied = await run('apply', tokens.apply);
      expect(applied.status, applied.output).toBe(0);
      expect(applied.output).toMatch(/web1 nginx {2}✓ reload .*\n/);
      expect(applied.output).toContain('Apply succeeded.');
      expect(await world.visit(world.host, 'https://ci.example.com/')).toMatch(/^200 /);
      const again = await run('plan', tokens.plan);
      expect(again.status, again.output).toBe(0);
      expect((await run('apply', tokens.apply)).status).toBe(0);
    });

    test('an edit is planned as that edit', async () => {
      await edit('port: 9000', 'port: 9000\n        weight: 2');
      await edit('description: The builders', 'description: All the builders');
      await edit('hostnames:', 'limits:\n  bodySizeMib: 64\nhostnames:');
      const { status, output } = await run('plan', tokens.plan);
      expect(status, output).toBe(2);
      expect(output).toMatch(/^\+ +client_max_body_size 64m;$/m);
      expect((await run('apply', tokens.apply)).status).toBe(0);
    });

    test('a change that is not in the repository is left alone', async () => {
      const document = defaultSite('generic', 'colleague', 'colleague.example.com');
      await world.dashboard.createSite(document, [world.nginx]);
      const before = await world.tree();
      await edit('description: All the builders', 'description: Every builder');
      const planned = await run('plan', tokens.plan);
      expect(planned.status, planned.output).toBe(0);
      const applied = await run('apply', tokens.apply);
      expect(applied.status, applied.output).toBe(0);
      expect(applied.output).not.toContain('colleague');
      expect(await world.tree()).toBe(before);
    });

    test('a manual edit on the host is drift: exit code 2', async () => {
      expect((await run('drift', tokens.apply)).status).toBe(0);
      await world.host.writeFile(file, `${await world.host.readFile(file)}# by hand\n`);
      const { status, output } = await run('drift', tokens.apply);
      expect(status, output).toBe(2);
      expect(output).toContain(file);
    });

    test('a mistake is told with its file and field, and nothing is saved', async () => {
      await edit('port: 9000', 'port: 90000');
      const { status, output } = await run('plan', tokens.plan);
      expect(status, output).toBe(1);
      expect(output).toMatch(/sites\/buildbot\.yaml:\d+: upstreams\[0\]\.servers\[0\]\.port: /);
    });
  },
);
