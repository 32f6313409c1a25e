import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSite } from '#core/rules/parse-site';
import { renderTarget } from '#core/servers/render';
import { fullSites } from '#core/site/testing/full-site';
import { ServerKind } from '#core/web-server/render-target';
import { helperText } from './helper-text';

/** How many requests are drawn for each web server; `HOSTILE_RUNS=20000` for a long look. */
const runs = Number(process.env.HOSTILE_RUNS ?? 60);
const functions = helperText().replace(/\nmain "\$@"\n$/, '\n');
const shells = [['sh'], ['busybox', 'sh']].filter(
  ([shell = '']) => spawnSync('sh', ['-c', `command -v ${shell}`]).status === 0,
);

const path = fc.constantFrom(
  '/root/.ssh/authorized_keys',
  '/etc/cron.d/x',
  '/var/log/../../root/x.log',
  '/dev/sda',
  '/proc/sys/kernel/core_pattern',
  'relative.log',
  '/var/log/x',
);
const program = fc.constantFrom('"|/bin/sh -c id"', '"||/usr/bin/id"', 'prg:/usr/bin/id', '|/usr/bin/id');
const word = (...words: readonly string[]) => fc.constantFrom(...words);
const statement = (first: fc.Arbitrary<string>, value: fc.Arbitrary<string>) =>
  fc.tuple(first, value).map((parts) => parts.join(' '));

/** Statements that no document makes: words that reach out, and words of ours with values that do. */
const statements: Readonly<Record<ServerKind, fc.Arbitrary<string>>> = {
  nginx: fc
    .oneof(
      statement(word('user', 'pid', 'lock_file', 'load_module', 'include', 'error_log', 'access_log'), path),
      statement(word('proxy_temp_path', 'client_body_temp_path', 'proxy_cache_path', 'proxy_store'), path),
      statement(
        word('perl_require', 'js_import', 'lua_package_path', 'ssl_password_file', 'dav_methods'),
        path,
      ),
      statement(
        word('access_log', 'error_log'),
        word('syslog:server=unix:/run/x', '$host.log', '"/root/$uri"'),
      ),
      statement(
        word('ssl_engine', 'env', 'worker_rlimit_core', 'master_process'),
        word('x', 'off', 'LD_PRELOAD'),
      ),
    )
    .map((text) => `${text};`),
  apache: fc.oneof(
    statement(
      word('User', 'PidFile', 'LoadFile', 'Include', 'IncludeOptional', 'ErrorLog', 'CustomLog'),
      path,
    ),
    statement(word('ErrorLog', 'CustomLog', 'TransferLog', 'GlobalLog', 'RewriteMap a'), program),
    statement(word('ScoreBoardFile', 'CoreDumpDirectory', 'DavLockDB', 'ScriptSock', 'ServerRoot'), path),
    statement(word('LoadModule'), word('a_module /tmp/a.so', 'cgi_module modules/mod_cgi.so')),
    statement(
      word('ScriptAlias', 'Action', 'AddHandler', 'SetHandler', 'ExtFilterDefine'),
      word('/x /bin', 'cgi-script'),
    ),
    statement(word('RequestHeader'), word('set X "expr=%{file:/etc/shadow}"', 'set X "expr=%{filesize:/x}"')),
  ),
  caddy: fc.oneof(
    statement(word('import', 'root', 'storage', 'log_credentials', 'output file'), path),
    statement(word('respond', 'header X-A'), word('{file./etc/shadow}', '{$HOME}', '{env.PATH}')),
    statement(
      word('exec', 'php_fastcgi', 'templates', 'admin', 'on', 'invoke', 'tracing', 'acme_server'),
      path,
    ),
    statement(
      word('order', 'servers', 'events', 'metrics', 'auto_https', 'debug', 'persist_config'),
      word('x', 'off'),
    ),
  ),
};

/** Ways to spell a statement, so that a reader of words would miss it and the web server would not. */
const spell = fc.constantFrom<(text: string) => string>(
  (text) => text,
  (text) => `\t${text}`,
  (text) => text.replace(' ', '\t'),
  (text) => text.replace(' ', '   '),
  (text) => text.replace(/^(\S+)/, '"$1"'),
  (text) => text.replace(/^(\S)/, "'$1'"),
  (text) => text.replace(/^(\S)/, '\\$1'),
  (text) => text.replace(' ', ' \\\n'),
  (text) => text.replace(/^(\S)/, '$1\\\n'),
  (text) => text.toUpperCase(),
  (text) => `${text}\r`,
  (text) => `\v${text}`,
  (text) => `\u00a0${text}`,
  (text) => `\ufeff${text}`,
  (text) => `}\n${text}`,
  (text) => `${text}\n{`,
  (text) => `# nothing\n${text} # nothing`,
);

function basesOf(server: ServerKind): readonly string[] {
  return fullSites.flatMap((document) => {
    const site = parseSite(document);
    if (!site.ok) return [];
    const target = { server, version: null, openssl: null, layout: 'debian' as const, modules: null };
    return renderTarget([site.value], target).files.flatMap((file) =>
      file.kind === 'file' ? [file.content] : [],
    );
  });
}

/** Numbers of the texts that the helper's own check takes; one shell looks at all of them. */
function taken(server: ServerKind, texts: readonly string[], shell: readonly string[]): string {
  const work = mkdtempSync(join(tmpdir(), 'gatehouse-content-'));
  try {
    mkdirSync(join(work, 'changes/new/f'), { recursive: true });
    for (const [index, text] of texts.entries()) writeFileSync(join(work, `changes/new/f/${index}`), text);
    const busybox = shell[0] === 'busybox' ? 'awk() { busybox awk "$@"; }' : '';
    const script = `${functions}\nprepare\n${busybox}
      work='${work}' changes='${work}/changes' server=${server}
      vocabulary ${server} >"$work/vocabulary"
      n=0
      while [ $n -lt ${texts.length} ]; do
        echo /f/$n >"$work/sentences"
        read_sentences >"$work/offence" && echo $n
        n=$((n + 1))
      done; true`;
    const [command = 'sh', ...options] = shell;
    return execFileSync(command, options, { input: script, encoding: 'utf8' });
  } finally {
    rmSync(work, { recursive: true });
  }
}

describe.each(shells.map((words) => [words.join(' '), words] as const))('drawn attacks (%s)', (_, shell) => {
  it.each(ServerKind.options)(
    'none of them on %s is taken, and what they were made from is',
    (server) => {
      const bases = basesOf(server);
      expect(taken(server, bases, shell)).toBe(bases.map((_, index) => `${index}\n`).join(''));
      const attack = fc
        .tuple(fc.constantFrom(...bases), statements[server], spell, fc.nat())
        .map(([base, text, spelling, at]) => {
          const lines = base.split('\n');
          const place = at % lines.length;
          return [...lines.slice(0, place), spelling(text), ...lines.slice(place)].join('\n');
        });
      const texts = fc.sample(attack, runs);
      const through = taken(server, texts, shell).split('\n').filter(Boolean);
      expect(through.map((index) => texts[Number(index)])).toEqual([]);
    },
    120_000 + runs * 300,
  );
});
