import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { goldenDocuments } from '#core/servers/conformance/golden-documents';
import { cellModes, presetCells } from '#core/servers/conformance/presets/preset-cell';
import { renderTarget } from '#core/servers/render';
import { ServerKind } from '#core/servers/types';
import { parseSite } from '#core/site/parse-site';
import { helperText } from './helper-text';
import { attacks } from './testing/attacks';

const functions = helperText().replace(/\nmain "\$@"\n$/, '\n');
const shells = [['sh'], ['busybox', 'sh']].filter(
  ([shell = '']) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0,
);
const versions = {
  nginx: [null, '1.14.0', '1.22.1', '1.29.6'],
  apache: [null, '2.4.37', '2.4.71'],
  caddy: [null, '2.6.2', '2.11.4'],
};
const places = { http: 80, https: 443, app: 9000, http2: 9001, access: 'json' as const };
const paths = { certificate: '/etc/ssl/a.crt', key: '/etc/ssl/a.key', usersFile: '/etc/gatehouse/users' };

/** What the helper says of these files, each as if it were alone; empty where it would take them. */
function judge(server: ServerKind, files: readonly { path: string; content: string }[], shell: string[]) {
  const work = mkdtempSync(join(tmpdir(), 'gatehouse-content-'));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(work, 'changes/new', path)), { recursive: true });
      writeFileSync(join(work, 'changes/new', path), content);
    }
    writeFileSync(join(work, 'all'), files.map(({ path }) => `${path}\n`).join(''));
    const busybox = shell[0] === 'busybox' ? 'awk() { busybox awk "$@"; }; tr() { busybox tr "$@"; }' : '';
    const script = `${functions}\nprepare\n${busybox}
      work='${work}' changes='${work}/changes' server=${server}
      vocabulary ${server} >"$work/vocabulary"
      while read -r one; do echo "$one" >"$work/sentences"; read_sentences; done <"$work/all"; true`;
    const [command = 'sh', ...options] = shell;
    return execFileSync(command, options, { input: script, encoding: 'utf8' });
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe.each(shells)('what a request may make web servers read (%s %s)', (...shell) => {
  const words = shell.filter((word) => word !== undefined);

  it.each(ServerKind.options)('is all that is generated for %s', (server) => {
    const documents = [
      ...goldenDocuments.map(([, document]) => document),
      ...cellModes.flatMap((mode) =>
        presetCells(mode, { ...places, ...paths }).flatMap(({ site, signedIn }) => [site, signedIn]),
      ),
    ];
    let count = 0;
    const files = documents.flatMap((document) => {
      const parsed = parseSite(document);
      if (!parsed.ok) return [];
      return versions[server].flatMap((version) =>
        renderTarget([parsed.value], {
          server,
          version,
          openssl: '3.0.22',
          layout: 'debian',
          modules: null,
        }).files.flatMap((file) =>
          file.kind === 'file' ? [{ path: `/f/${count++}.conf`, content: file.content }] : [],
        ),
      );
    });
    expect(files.length).toBeGreaterThan(200);
    expect(judge(server, files, words)).toBe('');
  });

  it.each(attacks.filter(({ changes }) => changes.every(({ role }) => role !== 'include')))(
    'is nothing of $name',
    ({ server, changes }) => {
      const files = changes.flatMap(({ path, after }) =>
        after.kind === 'file' ? [{ path, content: after.content }] : [],
      );
      expect(judge(server, files, words)).toMatch(/^\/\S+ line \d+: /);
    },
  );
});
