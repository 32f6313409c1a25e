import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { everyFile } from '#core/servers/conformance/every-document';
import { ServerKind } from '#core/web-server/render-target';
import { helperText } from './helper-text';
import { attacks } from './testing/attacks';

const functions = helperText().replace(/\nmain "\$@"\n$/, '\n');
const shells = [['sh'], ['busybox', 'sh']].filter(
  ([shell = '']) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0,
);
/** What the helper says of these files together; empty where it would take them. */
function judge(server: ServerKind, files: readonly { path: string; content: string }[], shell: string[]) {
  const work = mkdtempSync(join(tmpdir(), 'gatehouse-content-'));
  try {
    for (const { path, content } of files) {
      mkdirSync(dirname(join(work, 'changes/new', path)), { recursive: true });
      writeFileSync(join(work, 'changes/new', path), content);
    }
    writeFileSync(join(work, 'sentences'), files.map(({ path }) => `${path}\n`).join(''));
    const busybox = shell[0] === 'busybox' ? 'awk() { busybox awk "$@"; }; tr() { busybox tr "$@"; }' : '';
    const script = `${functions}\nprepare\n${busybox}
      work='${work}' changes='${work}/changes' server=${server}
      vocabulary ${server} >"$work/vocabulary"
      read_sentences; true`;
    const [command = 'sh', ...options] = shell;
    return execFileSync(command, options, { input: script, encoding: 'utf8' });
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe.each(shells)('what a request may make web servers read (%s %s)', (...shell) => {
  const words = shell.filter((word) => word !== undefined);

  it.each(ServerKind.options)(
    'is all that every document makes for %s',
    (server) => {
      const files = everyFile(server).map(({ content }, index) => ({ path: `/f/${index}.conf`, content }));
      expect(files.length).toBeGreaterThan(50);
      expect(judge(server, files, words)).toBe('');
    },
    300_000,
  );

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
