import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { labAvailable } from '#lab/index';
import { applyOnHost, confirmOnHost, readState, recoverOnHost, rollbackOnHost, statusOnHost } from './host';
import { faultHit, faultyTransport, setFault } from './testing/fault-injection';
import {
  answerAt,
  applyRequest,
  eventually,
  type HelperHost,
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
const gone = '/etc/nginx/conf.d/gatehouse-gone.conf';
const extra = '/etc/nginx/conf.d/gatehouse-extra.conf';

describe.skipIf(available !== true)(
  `a helper that dies${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    let before: string;

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx'] });
    });
    afterAll(() => at?.stop());

    beforeEach(async () => {
      await faultHit(at.host);
      const { journals } = await recoverOnHost(at.transport);
      for (const { applyId, state } of journals) {
        if (state === 'holding') await rollbackOnHost(at.transport, applyId);
      }
      await makeOld();
    });

    async function makeOld(): Promise<void> {
      await at.host.writeFile(nginxFile, oldText);
      await at.host.writeFile(gone, '# gone\n');
      await at.host.exec(['ln', '-sfn', nginxFile, nginxLink]);
      await at.host.exec(['rm', '-rf', extra, '/etc/gatehouse']);
      await at.host.sync();
      await at.host.exec('nginx -s reload');
      await eventually(async () => (await answerAt(at.host, 8081)) === 'old');
      before = await untouchedFiles(at.host);
    }

    /** Every kind of change at once: an update, a new file, a deletion, a new pair of key and certificate. */
    const request = () =>
      applyRequest(
        'nginx',
        [
          put(nginxFile, nginxSite('new'), printOf(oldText)),
          put(extra, '# extra\n'),
          remove(gone, printOf('# gone\n')),
        ],
        {
          listeners: [{ port: 8081, protocol: 'tcp' }],
          certificates: [
            {
              certificatePath: '/etc/gatehouse/tls/a.crt',
              keyPath: '/etc/gatehouse/tls/a.key',
              hostnames: ['a.test'],
            },
          ],
        },
      );

    async function hold(): Promise<string> {
      const trial = request();
      expect((await applyOnHost(at.transport, trial)).outcome).toBe('holding');
      return trial.applyId;
    }

    async function undo(applyId: string, what: string): Promise<void> {
      expect((await rollbackOnHost(at.transport, applyId)).outcome, what).toBe('rolled-back');
    }

    async function expectOldState(what: string): Promise<void> {
      expect(await untouchedFiles(at.host), what).toBe(before);
      expect(await answerAt(at.host, 8081), what).toBe('old');
      await expectNoLeftOvers(what);
    }

    async function expectNoLeftOvers(what: string): Promise<void> {
      await recoverOnHost(at.transport);
      const find = `find / /run -xdev '(' -name '.gatehouse-*' -o -name 'gatehouse.??????' ')'`;
      let found = '';
      // A watchdog that has just seen the end is allowed a moment to leave.
      await eventually(async () => {
        found = (await at.host.exec(find)).stdout;
        return found === '';
      }).catch(() => expect(found, what).toBe(''));
    }

    /** The state that the host comes to by itself. Before a watchdog was armed nothing was written: that is left to the next contact. */
    async function settled(applyId: string, what: string): Promise<string> {
      let state = 'unknown';
      await eventually(async () => {
        const { journal } = await statusOnHost(at.transport, applyId);
        state = journal?.state ?? 'unknown';
        if (state === 'open' && journal?.watchdog === 'dead') {
          expect(await untouchedFiles(at.host), what).toBe(before);
          await recoverOnHost(at.transport);
        }
        return !['open', 'rolling-back'].includes(state);
      }).catch((error) => expect(`${state}: ${error}`, what).toBe('settled'));
      return state;
    }

    it('G4: kill -9 at every point of an apply leaves the host wholly old, by itself', async () => {
      const steps = new Set<string>();
      for (let index = 0; ; index++) {
        const trial = request();
        await setFault(at.host, index, 'kill');
        const answer = await applyOnHost(faultyTransport(at.transport), trial).catch(() => null);
        const hit = await faultHit(at.host);
        const what = `point ${index}: ${hit}`;
        steps.add(hit?.split(' ')[0] ?? 'none');
        const state = await settled(trial.applyId, what);
        if (state === 'holding') await undo(trial.applyId, what);
        else expect(['unknown', 'rolled-back'], what).toContain(state);
        await expectOldState(what);
        if (hit !== null) continue;
        expect(answer?.outcome).toBe('holding');
        break;
      }
      const all = [
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
      ];
      expect([...steps]).toEqual(expect.arrayContaining(all));
    }, 3_600_000);

    it('G4: kill -9 at every point of the way back is taken up by the watchdog', async () => {
      const steps = new Set<string>();
      for (let index = 0; ; index++) {
        const applyId = await hold();
        await setFault(at.host, index, 'kill');
        const answer = await rollbackOnHost(faultyTransport(at.transport), applyId).catch(() => null);
        const hit = await faultHit(at.host);
        const what = `point ${index}: ${hit}`;
        steps.add(hit?.split(' ')[0] ?? 'none');
        const state = await settled(applyId, what);
        // Killed before it had begun: the trial simply goes on.
        if (state === 'holding') await undo(applyId, what);
        else expect(state, what).toBe('rolled-back');
        await expectOldState(what);
        if (hit !== null) continue;
        expect(answer?.outcome).toBe('rolled-back');
        break;
      }
      expect([...steps]).toEqual(expect.arrayContaining(['restore', 'retest', 'reload-old', 'prove-old']));
    }, 3_600_000);

    it('G5: kill -9 at every point of a confirm leaves the new state, and a second confirm ends it', async () => {
      for (let index = 0; ; index++) {
        const applyId = await hold();
        const trial = await untouchedFiles(at.host);
        await setFault(at.host, index, 'kill');
        await confirmOnHost(faultyTransport(at.transport), applyId).catch(() => null);
        const hit = await faultHit(at.host);
        const what = `point ${index}: ${hit}`;
        expect((await confirmOnHost(at.transport, applyId)).outcome, what).toBe('confirmed');
        await expectNoLeftOvers(what);
        const withoutSiblings = trial.split('\n').filter((line) => !line.includes('/.gatehouse-'));
        expect(await untouchedFiles(at.host), what).toBe(withoutSiblings.join('\n'));
        expect(await answerAt(at.host, 8081), what).toBe('new');
        await makeOld();
        if (hit === null) break;
      }
    }, 1_800_000);

    it('G4: a power cut in the midst of an apply leaves the old state at next contact', async () => {
      for (let index = 0; ; index += 7) {
        const trial = request();
        await setFault(at.host, index, 'hang');
        const running = applyOnHost(faultyTransport(at.transport), trial).catch(() => null);
        const ended = await Promise.race([running, untilHung()]);
        const hit = await faultHit(at.host);
        const what = `power cut at point ${index}: ${hit}`;
        await at.host.powerCut();
        await running;
        await at.host.boot();
        const { journals } = await recoverOnHost(at.transport);
        expect(
          journals.filter(({ state }) => state !== 'rolled-back'),
          what,
        ).toEqual([]);
        await expectOldState(what);
        if (ended !== 'hung') break;
      }
    }, 1_800_000);

    async function untilHung(): Promise<'hung'> {
      await eventually(
        async () => (await at.host.exec('test -e /run/fault-hit', { check: false })).code === 0,
        60_000,
      );
      return 'hung';
    }

    it('G4: the link cut at every third event leaves the host wholly old', async () => {
      for (let cutAt = 1; ; cutAt += 3) {
        const trial = request();
        let seen = 0;
        let cut: Promise<void> | null = null;
        const onEvent = () => {
          seen += 1;
          if (seen === cutAt) cut = at.host.killSshSessions();
        };
        await applyOnHost(at.transport, trial, { onEvent }).catch(() => null);
        await cut;
        const what = `cut at event ${cutAt}`;
        const state = await settled(trial.applyId, what);
        if (state === 'holding') await undo(trial.applyId, what);
        else expect(['unknown', 'rolled-back'], what).toContain(state);
        await expectOldState(what);
        if (cut === null) break;
      }
    }, 1_800_000);

    it('G5: a dead watchdog is replaced by the next contact', async () => {
      const applyId = await hold();
      await at.host.exec(['pkill', '-KILL', '-f', 'gatehouse.*--watchdog'], { check: false });
      const { journals } = await readState(at.transport, {
        servers: [],
        paths: [],
        exists: [],
        contents: false,
      });
      expect(journals.find((journal) => journal.applyId === applyId)).toMatchObject({
        state: 'holding',
        watchdog: 'dead',
      });
      await recoverOnHost(at.transport);
      expect(await settled(applyId, 'recover')).toBe('rolled-back');
      await expectOldState('dead watchdog');
    });

    it('G5: an apply that hangs is ended by its watchdog', async () => {
      const trial = request();
      const script = (text: string) => text.replace('apply_limit_seconds=300', 'apply_limit_seconds=20');
      await setFault(at.host, 30, 'hang');
      const answer = await applyOnHost(faultyTransport(at.transport, script), trial).catch(
        (error) => error.code,
      );
      expect(answer).toBe('link-lost');
      expect(await faultHit(at.host)).not.toBeNull();
      expect(await settled(trial.applyId, 'hang')).toBe('rolled-back');
      expect((await statusOnHost(at.transport, trial.applyId)).journal?.reason).toBe('deadline-passed');
      await expectOldState('hang');
    });
  },
);
