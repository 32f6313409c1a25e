import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fingerprint } from '#core/change/file-state';
import type { HostChange } from '#core/host/protocol';
import { labAvailable } from '#lab/index';
import { applyOnHost, preflightOnHost } from './host';
import {
  applyRequest,
  type HelperHost,
  newNginxSite,
  nginxSite,
  printOf,
  sha256,
  startHelperHost,
  watchedPaths,
} from './testing/helper-host';

const available = labAvailable();
const path = '/etc/nginx/conf.d/theirs.conf';
const guard = '    deny all;\n';
const block = `server {\n  listen 8082;\n  location / {\n${guard}  }\n}\n`;
const text = `map $host $theirs { default 1; }\n${block}`;

/** Somebody else's file with another text, said to be what is left after a cut. */
function cut(
  content: string,
  ranges: { start: number; length: number }[] | null,
  before: Fingerprint,
): HostChange {
  return {
    path,
    action: 'update',
    before,
    after: { kind: 'file', content, sha256: sha256(content), mode: 0o644 },
    role: 'handover',
    ...(ranges ? { handOver: { act: 'take', ranges } } : {}),
  };
}
const gone = (at: string, before: Fingerprint): HostChange => ({
  path: at,
  action: 'delete',
  before,
  after: { kind: 'absent' },
  role: 'handover',
  handOver: { act: 'take', ranges: [] },
});
const at = (part: string) => ({ start: text.indexOf(part), length: part.length });
const print = printOf(text);

const wrong: Readonly<Record<string, HostChange>> = {
  'lines of a block': cut(text.replace(guard, ''), [at(guard)], print),
  'a block that is no server': cut(block, [{ start: 0, length: text.length - block.length }], print),
  'a text of its own': cut('server { listen 8082; root /; }\n', [at(block)], print),
  'a text without a cut': cut('', null, print),
  'a whole file that holds more': gone(path, print),
  'a copy that was never made': {
    ...cut('server { listen 8082; root /; }\n', null, print),
    handOver: { act: 'bring', applyId: 'test-apply-none' },
  },
};

describe.skipIf(available !== true)(
  `files of others on a host${available === true ? '' : ` (${available})`}`,
  () => {
    let host: HelperHost;
    beforeAll(async () => {
      host = await startHelperHost({ servers: ['nginx'] });
      await host.host.writeFile(path, text);
    });
    afterAll(() => host?.stop());

    it.each(Object.entries(wrong))('do not become %s, in a dry run or in an apply', async (_, change) => {
      const before = await host.host.treeHash(watchedPaths);
      const changes = [...newNginxSite(nginxSite('one')), change];
      const dry = await preflightOnHost(host.transport, { server: 'nginx', changes, certificates: [] });
      expect(dry.errors.map(({ code }) => code)).toEqual(['hand-over-not-allowed']);
      expect(dry.candidate).toBeNull();
      const answer = await applyOnHost(host.transport, applyRequest('nginx', changes));
      expect(answer.outcome).toBe('refused');
      expect(answer.errors.map(({ code }) => code)).toEqual(['hand-over-not-allowed']);
      expect(await host.host.treeHash(watchedPaths)).toBe(before);
    });

    it('are not touched where they are not what was reviewed', async () => {
      const change = cut(text.replace(block, ''), [at(block)], printOf(`${text}# later\n`));
      const changes = [...newNginxSite(nginxSite('one')), change];
      const answer = await applyOnHost(host.transport, applyRequest('nginx', changes));
      expect(answer.outcome).toBe('refused');
      expect(answer.errors.map(({ code }) => code)).toEqual(['changed']);
      expect(answer.changed.map((each) => each.path)).toEqual([path]);
    });

    it.each(['/etc/nginx/nginx.conf', '/etc/nginx/sites-available/default', '/etc/passwd'])(
      'do not go as a whole where no server gathers what is there (%s)',
      async (elsewhere) => {
        const content = (await host.host.exec(['cat', elsewhere])).stdout;
        const changes = [...newNginxSite(nginxSite('one')), gone(elsewhere, printOf(content))];
        const answer = await applyOnHost(host.transport, applyRequest('nginx', changes));
        expect(answer.errors.map(({ code }) => code)).toEqual(['path-not-allowed']);
      },
    );
  },
);
