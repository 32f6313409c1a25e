import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import { applyOnHost, confirmOnHost, preflightOnHost, rollbackOnHost } from './host';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
  put,
  startHelperHost,
  untouchedFiles,
} from './testing/helper-host';

const available = labAvailable();
const file = '/etc/caddy/gatehouse/a.caddy';
const site = (text: string, port = 8085) => `http://:${port} {\n\troute {\n\t\trespond "${text}"\n\t}\n}\n`;
/** A configuration that is on no disk, with a site that the file does not have. */
const loaded = JSON.stringify({
  apps: {
    http: {
      servers: {
        api: {
          listen: [':8191'],
          routes: [
            {
              match: [{ host: ['jenkins.example.com', '127.0.0.1'] }],
              handle: [{ handler: 'static_response', body: 'by the API' }],
            },
          ],
          automatic_https: { disable: true },
        },
      },
    },
  },
});

describe.skipIf(available !== true)(
  `Caddy that runs what is on no disk${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const sh = async (script: string) => (await at.host.exec(script)).stdout;
    const running = () => sh('curl -fsS http://localhost:2019/config/');
    const load = () =>
      sh(`curl -fsS -X POST -H 'Content-Type: application/json' -d '${loaded}' http://localhost:2019/load`);
    const preflight = () =>
      preflightOnHost(at.transport, { server: 'caddy', certificates: [], changes: [put(file, site('x'))] });

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['caddy'] });
      await sh(
        `printf 'import /etc/caddy/gatehouse/*.caddy\\n' >>/etc/caddy/Caddyfile; mkdir -p /etc/caddy/gatehouse`,
      );
    });
    beforeEach(() => sh('caddy reload --config /etc/caddy/Caddyfile --force'));
    afterAll(() => at?.stop());

    it('says in a plan that it runs what its file gives, by whatever client there is', async () => {
      expect((await preflight()).ran).toMatchObject({ state: 'same', admin: 'localhost:2019', lost: [] });
      await sh('mv /usr/bin/curl /usr/bin/curl-away');
      expect((await preflight()).ran).toMatchObject({ state: 'same' });
      await sh('mv /usr/bin/curl-away /usr/bin/curl');
    });

    it('refuses to load its file over what came by the API, and names what would be gone', async () => {
      await load();
      const before = await running();
      const files = await untouchedFiles(at.host);
      expect((await preflight()).ran).toMatchObject({
        state: 'apart',
        lost: ['127.0.0.1', 'jenkins.example.com'],
      });
      const answer = await applyOnHost(at.transport, applyRequest('caddy', [put(file, site('one'))]));
      expect([answer.outcome, answer.errors.map(({ code }) => code)]).toEqual([
        'refused',
        ['running-differs'],
      ]);
      expect(await running()).toBe(before);
      expect(await answerAt(at.host, 8191)).toBe('by the API');
      expect(await untouchedFiles(at.host)).toBe(files);
    });

    it.each(['the trial is undone', 'a port is taken', 'Caddy dies'])(
      'brings back exactly what ran when it was let go: %s',
      async (fault) => {
        await load();
        const before = await running();
        const files = await untouchedFiles(at.host);
        // A Caddy that has just loaded something may take its time to answer; then there is nothing to let go yet.
        let sha256 = '';
        await eventually(async () => {
          sha256 = (await preflight()).ran?.sha256 ?? '';
          return sha256 !== '';
        });
        if (fault === 'a port is taken')
          await sh('python3 -m http.server 8085 >/dev/null 2>&1 </dev/null & echo $! >/run/squatter');
        if (fault === 'a port is taken') await eventually(async () => (await answerAt(at.host, 8085)) !== '');
        const request = applyRequest('caddy', [put(file, site('one'))], { running: sha256 });
        const answer = await applyOnHost(at.transport, request);
        if (fault === 'a port is taken') {
          expect([answer.outcome, answer.errors.map(({ code }) => code)]).toEqual([
            'rolled-back',
            ['reload-failed'],
          ]);
          await sh('kill "$(cat /run/squatter)"');
        } else {
          expect([answer.outcome, answer.errors]).toEqual(['holding', []]);
          expect(await answerAt(at.host, 8191)).toBe('');
          expect(await answerAt(at.host, 8085)).toBe('one');
          if (fault === 'Caddy dies')
            await sh('pkill -KILL -x caddy; while pgrep -x caddy; do sleep 0.1; done >/dev/null');
          expect((await rollbackOnHost(at.transport, request.applyId)).outcome).toBe('rolled-back');
        }
        expect(await running()).toBe(before);
        expect(await answerAt(at.host, 8191)).toBe('by the API');
        expect(await untouchedFiles(at.host)).toBe(files);
      },
    );

    it('lets go what a person saw, and not what came after it', async () => {
      await load();
      const running = (await preflight()).ran?.sha256 ?? '';
      await sh(
        `curl -fsS -X POST -H 'Content-Type: application/json' -d '["more.example.com"]' http://localhost:2019/config/apps/http/servers/api/routes/0/match/0/host/...`,
      );
      const answer = await applyOnHost(
        at.transport,
        applyRequest('caddy', [put(file, site('one'))], { running }),
      );
      expect(answer.errors.map(({ code }) => code)).toEqual(['running-differs']);
      expect((await preflight()).ran?.lost).toContain('more.example.com');
    });
  },
);

describe.skipIf(available !== true)(
  `where Caddy is told things${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const sh = async (script: string) => (await at.host.exec(script)).stdout;
    const caddyfile = (options: string) =>
      sh(
        `printf '{\\n%s\\n}\\n:80 {\\n\\trespond "{$GREETING}"\\n}\\nimport /etc/caddy/gatehouse/*.caddy\\n' '${options}' >/etc/caddy/Caddyfile`,
      );
    /** Returns when it serves, and tells its own words where it has ended instead. */
    const restart = async () => {
      await sh(`pkill -x caddy; while pgrep -x caddy; do sleep 0.1; done >/dev/null; cd /; : >/var/log/caddy/journal.log
        GREETING='good morning, $HOME' HOME=/var/lib/caddy setsid setpriv --reuid=caddy --regid=caddy --init-groups --inh-caps=+net_bind_service --ambient-caps=+net_bind_service caddy run --config /etc/caddy/Caddyfile </dev/null >>/var/log/caddy/journal.log 2>&1 & echo $! >/run/caddy-started`);
      await eventually(async () => {
        const log = await sh(
          'kill -0 "$(cat /run/caddy-started)" 2>/dev/null || cat /var/log/caddy/journal.log',
        );
        expect(log, 'Caddy has ended').toBe('');
        return (await answerAt(at.host, 80)) !== '';
      });
    };

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['caddy'] });
      await sh('mkdir -p /etc/caddy/gatehouse /run/caddy && chown caddy /run/caddy');
    });
    afterAll(() => at?.stop());

    it('a unix socket, and variables that the service was given', async () => {
      await caddyfile('admin unix//run/caddy/admin.sock');
      await restart();
      expect(await answerAt(at.host, 80)).toBe('good morning, $HOME');
      const request = applyRequest('caddy', [put(file, site('one'))], {
        listeners: [{ port: 8085, protocol: 'tcp' }],
      });
      const answer = await applyOnHost(at.transport, request);
      expect([answer.outcome, answer.errors]).toEqual(['holding', []]);
      const ran = answer.events.filter((event) => event.event === 'ran');
      expect(ran).toMatchObject([{ state: 'same', admin: 'unix//run/caddy/admin.sock' }, { state: 'same' }]);
      expect(await answerAt(at.host, 8085)).toBe('one');
      // A reload reads the variables of its own caller.
      expect(await answerAt(at.host, 80)).toBe('good morning, $HOME');
      expect((await confirmOnHost(at.transport, request.applyId)).outcome).toBe('confirmed');
    });

    it('an endpoint that is off, or is not where the file says, by name, before anything is written', async () => {
      await caddyfile('admin off');
      await restart();
      const files = await untouchedFiles(at.host);
      const change = put('/etc/caddy/gatehouse/b.caddy', site('two', 8086));
      const off = await applyOnHost(at.transport, applyRequest('caddy', [change]));
      expect([off.outcome, off.errors.map(({ code }) => code)]).toEqual(['refused', ['admin-off']]);
      expect(await untouchedFiles(at.host)).toBe(files);
      await caddyfile('admin localhost:2019');
      const silent = await applyOnHost(at.transport, applyRequest('caddy', [change]));
      expect([silent.outcome, silent.errors.map(({ code }) => code)]).toEqual(['refused', ['admin-silent']]);
      expect(await answerAt(at.host, 8085)).toBe('one');
    });
  },
);
