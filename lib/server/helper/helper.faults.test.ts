import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import { applyOnHost, confirmOnHost, readState, recoverOnHost, rollbackOnHost, statusOnHost } from './host';
import { faultHit, faultyTransport, setFault } from './testing/fault-injection';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
  newNginxSite,
  nginxFile,
  nginxLink,
  nginxSite,
  printOf,
  put,
  remove,
  startHelperHost,
  untouchedFiles,
} from './testing/helper-host';

const available = labAvailable();
const oldText = nginxSite('old');
const port = { port: 8081, protocol: 'tcp' as const };
const certificate = {
  certificatePath: '/etc/gatehouse/tls/a.crt',
  keyPath: '/etc/gatehouse/tls/a.key',
  hostnames: ['a.test'],
};

/** Every kind of change at once: an update, new files, a deletion, a new pair of key and certificate. */
const changes = () => [
  put(nginxFile, nginxSite('new'), printOf(oldText)),
  put('/etc/nginx/conf.d/gatehouse-extra.conf', '# extra\n'),
  remove('/etc/nginx/conf.d/gatehouse-gone.conf', printOf('# gone\n')),
];

describe.skipIf(available !== true)(
  `a helper that dies at any point${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    let before: string;

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
      const first = applyRequest('nginx', [
        ...newNginxSite(oldText),
        put('/etc/nginx/conf.d/gatehouse-gone.conf', '# gone\n'),
      ]);
      expect((await applyOnHost(at.transport, first)).outcome).toBe('holding');
      expect((await confirmOnHost(at.transport, first.applyId)).outcome).toBe('confirmed');
      await at.host.sync();
      before = await untouchedFiles(at.host);
    });
    afterAll(() => at?.stop());

    const request = () =>
      applyRequest('nginx', changes(), { listeners: [port], certificates: [certificate] });
    const leftOvers = async () =>
      (
        await at.host.exec(
          `find / /run -xdev -name '.gatehouse-*' -o -xdev -name 'gatehouse.??????' -o -xdev -path /etc/gatehouse`,
        )
      ).stdout;

    async function expectOldState(what: string): Promise<void> {
      expect(await untouchedFiles(at.host), what).toBe(before);
      expect(await answerAt(at.host, 8081), what).toBe('old');
      expect(await leftOvers(), what).toBe('');
    }

    async function settled(applyId: string): Promise<string> {
      let state = 'unknown';
      await eventually(async () => {
        state = (await statusOnHost(at.transport, applyId)).journal?.state ?? 'unknown';
        return !['open', 'rolling-back'].includes(state);
      });
      return state;
    }

    it('G4: kill -9 at every point of an apply leaves the host wholly old, by itself', async () => {
      const steps = new Set<string>();
      for (let index = 0; ; index++) {
        const { applyId, ...rest } = request();
        await setFault(at.host, index, 'kill');
        const answer = await applyOnHost(faultyTransport(at.transport), { applyId, ...rest }).catch(
          () => null,
        );
        const hit = await faultHit(at.host);
        if (hit === null) {
          expect(answer?.outcome).toBe('holding');
          expect((await rollbackOnHost(at.transport, applyId)).outcome).toBe('rolled-back');
          await expectOldState('after all points');
          break;
        }
        const what = `point ${index}: ${hit}`;
        steps.add(hit.split(' ')[0] ?? '');
        const state = await settled(applyId);
        if (state === 'holding')
          expect((await rollbackOnHost(at.transport, applyId)).outcome, what).toBe('rolled-back');
        else expect(['unknown', 'rolled-back'], what).toContain(state);
        if (state === 'unknown') await recoverOnHost(at.transport);
        await expectOldState(what);
      }
      for (const step of [
        'lock',
        'compare',
        'journal',
        'backup',
        'arm',
        'preflight',
        'write',
        'test',
        'reload',
        'prove',
      ]) {
        expect(steps).toContain(step);
      }
    }, 1_800_000);

    it('G4: kill -9 at every point of the way back is taken up by the watchdog', async () => {
      const steps = new Set<string>();
      for (let index = 0; ; index++) {
        const { applyId, ...rest } = request();
        expect((await applyOnHost(at.transport, { applyId, ...rest })).outcome).toBe('holding');
        await setFault(at.host, index, 'kill');
        const answer = await rollbackOnHost(faultyTransport(at.transport), applyId).catch(() => null);
        const hit = await faultHit(at.host);
        if (hit !== null) {
          steps.add(hit.split(' ')[0] ?? '');
          const state = await settled(applyId);
          // Killed before it had begun: the trial simply goes on.
          if (state === 'holding') await rollbackOnHost(at.transport, applyId);
          else expect(state, hit).toBe('rolled-back');
        } else {
          expect(answer?.outcome).toBe('rolled-back');
        }
        await expectOldState(`point ${index}: ${hit}`);
        if (hit === null) break;
      }
      for (const step of ['restore', 'retest', 'reload-old', 'prove-old']) expect(steps).toContain(step);
    }, 1_800_000);

    it('G4: kill -9 at every point of a confirm leaves the trial or the new state, never a mixture', async () => {
      for (let index = 0; ; index++) {
        const { applyId, ...rest } = request();
        expect((await applyOnHost(at.transport, { applyId, ...rest })).outcome).toBe('holding');
        await setFault(at.host, index, 'kill');
        await confirmOnHost(faultyTransport(at.transport), applyId).catch(() => null);
        const hit = await faultHit(at.host);
        const { outcome } = await confirmOnHost(at.transport, applyId);
        expect(outcome, `point ${index}: ${hit}`).toBe('confirmed');
        expect(await answerAt(at.host, 8081)).toBe('new');
        await recoverOnHost(at.transport);
        expect(
          (await leftOvers())
            .split('\n')
            .filter((path) => path !== '/etc/gatehouse')
            .join('\n')
            .trim(),
          `point ${index}: ${hit}`,
        ).toBe('');
        await backToOld();
        if (hit === null) break;
      }
    }, 900_000);

    async function backToOld(): Promise<void> {
      await at.host.writeFile(nginxFile, oldText);
      await at.host.writeFile('/etc/nginx/conf.d/gatehouse-gone.conf', '# gone\n');
      await at.host.exec('rm -rf /etc/nginx/conf.d/gatehouse-extra.conf /etc/gatehouse; nginx -s reload');
      await eventually(async () => (await answerAt(at.host, 8081)) === 'old');
      before = await untouchedFiles(at.host);
    }

    it('G4: a power cut at every tenth point leaves the old state at next contact', async () => {
      for (let index = 0; ; index += 10) {
        await at.host.sync();
        const { applyId, ...rest } = request();
        await setFault(at.host, index, 'hang');
        const running = applyOnHost(
          faultyTransport(at.transport),
          { applyId, ...rest },
          { idleTimeoutMs: 20_000 },
        ).catch(() => null);
        const ended = await Promise.race([running, hung()]);
        if (ended !== 'hung') {
          await faultHit(at.host);
          expect(ended?.outcome).toBe('holding');
          await at.host.powerCut();
          await at.host.boot();
          await recoverOnHost(at.transport);
          await expectOldState('power cut on trial');
          break;
        }
        const hit = await faultHit(at.host);
        await at.host.powerCut();
        await running;
        await at.host.boot();
        const { journals } = await recoverOnHost(at.transport);
        expect(
          journals.map(({ state }) => state),
          hit ?? '',
        ).not.toContain('restore-failed');
        expect(['unknown', 'rolled-back']).toContain(await settled(applyId));
        await expectOldState(`power cut at point ${index}: ${hit}`);
      }
    }, 900_000);

    async function hung(): Promise<'hung'> {
      await eventually(
        async () => (await at.host.exec('test -e /run/fault-hit', { check: false })).code === 0,
        60_000,
      );
      return 'hung';
    }

    it('G4: the link cut at every fifth event leaves the host wholly old', async () => {
      for (let cutAt = 1; ; cutAt += 5) {
        const { applyId, ...rest } = request();
        let seen = 0;
        let cut: Promise<void> | null = null;
        const onEvent = () => {
          seen += 1;
          if (seen === cutAt) cut = at.host.killSshSessions();
        };
        const answer = await applyOnHost(at.transport, { applyId, ...rest }, { onEvent }).catch(() => null);
        await cut;
        const state = await settled(applyId);
        if (state === 'holding')
          expect((await rollbackOnHost(at.transport, applyId)).outcome).toBe('rolled-back');
        else expect(['unknown', 'rolled-back']).toContain(state);
        await recoverOnHost(at.transport);
        await expectOldState(`cut at event ${cutAt}`);
        if (answer !== null && cut === null) break;
      }
    }, 600_000);

    it('says what is open to whoever asks', async () => {
      const { applyId, ...rest } = request();
      expect((await applyOnHost(at.transport, { applyId, ...rest })).outcome).toBe('holding');
      const { journals } = await readState(at.transport, {
        servers: [],
        paths: [nginxLink],
        exists: [],
        contents: false,
      });
      expect(journals.find((journal) => journal.applyId === applyId)).toMatchObject({
        state: 'holding',
        watchdog: 'alive',
        holder: 'ada@tests',
      });
      expect((await rollbackOnHost(at.transport, applyId)).outcome).toBe('rolled-back');
    });
  },
);
