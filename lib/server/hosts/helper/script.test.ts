import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { webServers } from '#core/servers/index';
import { selfSignedPaths } from '#core/tls/self-signed-paths';
import { LayoutId, ServerKind } from '#core/web-server/render-target';
import { helperText } from './helper-text';
import { remoteCommands } from './remote-command';

/** The helper is for Linux; the two others are rendered only. */
const layouts = LayoutId.options.filter((layout) => layout !== 'freebsd' && layout !== 'brew');
const functions = helperText().replace(/\nmain "\$@"\n$/, '\n');
const shells = [['dash'], ['bash'], ['busybox', 'sh']].filter(
  ([shell = '']) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0,
);

/** Runs lines of shell with the helper's functions at hand. */
function sh(script: string, [shell = 'sh', ...options]: string[] = ['sh']): string {
  return execFileSync(shell, options, { input: `${functions}\nprepare\n${script}\n`, encoding: 'utf8' });
}

describe('the helper’s script', () => {
  it('ends in the one line that starts it, so that a copy which was cut short does nothing', () => {
    expect(helperText().endsWith('\nmain "$@"\n')).toBe(true);
    const half = helperText().slice(0, Math.floor(helperText().length * 0.9));
    const cut = spawnSync('sh', [], {
      input: half.slice(0, half.lastIndexOf('\n}\n') + 3),
      encoding: 'utf8',
    });
    expect(cut.stdout).toBe('');
  });

  it.each(shells)('is understood by %s %s', (...shell) => {
    const [command = 'sh', ...options] = shell.filter((part) => part !== undefined);
    expect(spawnSync(command, [...options, '-n'], { input: helperText() }).status).toBe(0);
  });

  it('is reached by commands that every login shell reads alike', () => {
    for (const command of Object.values(remoteCommands)) {
      expect(command).not.toMatch(/[!\\\n`]/);
      expect(command.split("'").length - 1).toBe(command.startsWith('gatehouse') ? 0 : 2);
    }
  });

  it.each(ServerKind.options)(
    'G6: may write every path that is rendered for %s, and finds it again',
    (server) => {
      const lines = layouts.flatMap((layout) => {
        const { includes } = webServers[server].renderShared(
          { upgradeMap: true, logFormats: [], extraPorts: [] },
          { server, version: null, openssl: null, layout, modules: null },
        );
        const { certificatePath, keyPath } = selfSignedPaths(layout, 'a');
        return [
          ...webServers[server]
            .managedPaths(layout)
            .map((glob) => `check put ${glob.replaceAll('*', 'a')} site`),
          ...[certificatePath, keyPath].map((path) => `check put ${path} site`),
          ...includes.map(({ path }) => `check put ${path} include`),
        ];
      });
      const script = `server=${server}; remember_places; check() { may_write "$@" || echo "$2"; }\n${lines.join('\n')}`;
      expect(sh(script)).toBe('');
    },
  );

  it('knows a process by its start, also one whose name has brackets and spaces', () => {
    const directory = mkdtempSync(join(tmpdir(), 'gatehouse-named-'));
    try {
      // Until the copy has begun, the number is still that of the shell.
      const script = `
        cp "$(command -v sleep)" '${directory}/(a) b (c))'
        '${directory}/(a) b (c))' 30 </dev/null >/dev/null 2>&1 &
        until read_process $! && [ "$process_name" = '(a) b (c))' ]; do :; done
        [ "$process_start" = "$(sed 's/.*) //' /proc/$!/stat | cut -d ' ' -f 20)" ] && echo "$process_parent" "$$"
        kill $!`;
      expect(sh(script)).toMatch(/^(\d+) \1\n$/);
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('tells a living process from one that has taken its number', () => {
    expect(
      sh('alive $$ "$self_start" && echo yes; alive $$ 1 || echo no; alive 999999999 1 || echo no'),
    ).toBe('yes\nno\nno\n');
  });

  it.each([
    ['whole lines', ['a\nb\n', 'c\n']],
    ['no last line end', ['a', 'b\nc', 'd\n', 'e']],
    ['nothing', ['', 'a\n', '', '', 'b', '']],
    ['other characters', ['é\r\n', '\\n %s & "\n', ' \t\n']],
    ['a NUL, which not every awk reads', ['a\0b\n', 'c\0', '\0\0d\n']],
  ])('cuts a request into its files byte for byte: %s', (_, pieces) => {
    const work = mkdtempSync(join(tmpdir(), 'gatehouse-carve-'));
    try {
      let at = 0;
      const lines = pieces.map((text, index) => {
        const bytes = Buffer.from(text);
        const sum = createHash('sha256').update(bytes).digest('hex');
        at += bytes.length;
        return `${work}/${index} ${sum} ${at - bytes.length} ${bytes.length}\n`;
      });
      writeFileSync(join(work, 'pieces'), lines.join(''));
      writeFileSync(join(work, 'contents'), pieces.join(''));
      expect(sh(`work='${work}'; carve && echo yes`)).toBe('yes\n');
      expect(pieces.map((__, index) => readFileSync(join(work, String(index)), 'utf8'))).toEqual(pieces);
      writeFileSync(join(work, 'pieces'), lines.join('').replace(/ [0-9a-f]{64} /, ` ${'0'.repeat(64)} `));
      expect(sh(`work='${work}'; carve || echo no`)).toBe('no\n');
    } finally {
      rmSync(work, { recursive: true });
    }
  });
});
