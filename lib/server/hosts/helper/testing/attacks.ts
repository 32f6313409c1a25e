import type { HostChange } from '#core/host/protocol';
import type { ServerKind } from '#core/web-server/render-target';
import { link, newNginxSite, put } from './helper-host';

export interface Attack {
  readonly name: string;
  readonly server: ServerKind;
  readonly changes: HostChange[];
}

const known = { kind: 'file' as const, sha256: '0'.repeat(64), mode: 0o644, owner: 'root', group: 'root' };

/** A main configuration in place of the one that is there, under the role that is meant for a line of ours in it. */
const main = (path: string, content: string): HostChange[] => [
  { ...put(path, content, known), role: 'include' },
];

const apacheFile = '/etc/apache2/sites-available/gatehouse-a.conf';
const apacheSite = (content: string): HostChange[] => [
  put(apacheFile, content),
  link('/etc/apache2/sites-enabled/gatehouse-a.conf', apacheFile),
];
const caddySite = (content: string): HostChange[] => [put('/etc/caddy/gatehouse/a.caddy', content)];

const nginxSites: Record<string, string> = {
  'an access log in root’s home': 'server { listen 8081; access_log /root/.ssh/authorized_keys; }\n',
  'an error log in a cron directory': 'server { listen 8081; error_log /etc/cron.d/gatehouse; }\n',
  'a log below the log directory and out again':
    'server { listen 8081; access_log /var/log/../../root/gatehouse.log; }\n',
  'a directory for temporary files': 'proxy_temp_path /root/gatehouse-temp;\n',
  'a cache': 'proxy_cache_path /root/gatehouse-cache keys_zone=a:1m;\n',
  'a device as a log': 'server { listen 8081; access_log /dev/vda; }\n',
  'a kernel setting as a log': 'server { listen 8081; error_log /proc/sys/kernel/core_pattern; }\n',
  'a socket in root’s home': 'server { listen unix:/root/gatehouse.sock; }\n',
  'a word split by a quote': 'server { listen 8081; "access_log" "/root/gatehouse.log"; }\n',
  'a word with an escape': 'server { listen 8081; access\\_log /root/gatehouse.log; }\n',
  'a word after a comment': 'server { listen 8081; # nothing\naccess_log /root/gatehouse.log; }\n',
  'two words on a line': 'server { listen 8081; return 200; access_log /root/gatehouse.log; }\n',
  'an include': 'include /root/gatehouse-*.conf;\nserver { listen 8081; access_log /root/gatehouse.log; }\n',
};

const apacheSites: Record<string, string> = {
  'an error log in root’s home': '<VirtualHost *:8081>\nErrorLog /root/gatehouse.log\n</VirtualHost>\n',
  'an access log in root’s home':
    '<VirtualHost *:8081>\nCustomLog /root/gatehouse.log combined\n</VirtualHost>\n',
  'a piped error log': 'ErrorLog "|/bin/sh -c \'id >/root/gatehouse.log\'"\n',
  'a piped access log': 'CustomLog "||/usr/bin/touch /root/gatehouse.log" combined\n',
  'a process file': 'PidFile /root/gatehouse.pid\n',
  'a directory for core dumps': 'CoreDumpDirectory /root\n',
  'a module': 'LoadModule gatehouse_module /tmp/gatehouse.so\n',
  'a program for rewriting': 'RewriteEngine On\nRewriteMap a "prg:/usr/bin/touch /root/gatehouse.log"\n',
  'a lock file': 'Mutex file:/root default\n',
  'a word over two lines': 'Cust\\\nomLog /root/gatehouse.log combined\n',
  'a word from a variable': ['Define a CustomLog', '$', '{a} /root/gatehouse.log combined', '']
    .join('\n')
    .replace('$\n', '$'),
  'a scoreboard file': 'ScoreBoardFile /root/gatehouse.board\n',
};

const caddySites: Record<string, string> = {
  'an access log in root’s home':
    'http://a.test:8081 {\n\tlog {\n\t\toutput file /root/gatehouse.log\n\t}\n\trespond ok\n}\n',
  'an access log in the log directory and out again':
    'http://a.test:8081 {\n\tlog {\n\t\toutput file /var/log/../../root/gatehouse.log\n\t}\n\trespond ok\n}\n',
  'storage in root’s home': '{\n\tstorage file_system /root/gatehouse\n}\n',
  'a quoted word': 'http://a.test:8081 {\n\t"log" {\n\t\t`output` file /root/gatehouse.log\n\t}\n}\n',
  'a heredoc': 'http://a.test:8081 {\n\tlog {\n\t\toutput file <<X\n/root/gatehouse.log\nX\n\t}\n}\n',
  'a template that is filled in':
    '(a) {\n\tlog {\n\t\toutput file {args[0]}\n\t}\n}\nhttp://a.test:8081 {\n\timport a /root/gatehouse.log\n}\n',
  'an environment variable': 'http://a.test:8081 {\n\tlog {\n\t\toutput file {$HOME}/gatehouse.log\n\t}\n}\n',
  'another file':
    'import /root/gatehouse*\nhttp://a.test:8081 {\n\tlog {\n\t\toutput file /root/gatehouse.log\n\t}\n}\n',
};

const named = (server: ServerKind, sites: Record<string, string>, make: (text: string) => HostChange[]) =>
  Object.entries(sites).map(
    ([name, text]): Attack => ({ name: `${server}: ${name}`, server, changes: make(text) }),
  );

/** Requests that the generator could never have made, and what each of them is after. */
export const attacks: readonly Attack[] = [
  {
    name: 'nginx: a main configuration that logs its failed binds into root’s keys',
    server: 'nginx',
    changes: main(
      '/etc/nginx/nginx.conf',
      'error_log /root/.ssh/authorized_keys;\nevents {}\nhttp { server { listen 127.0.0.1:22; } server { listen "unix:/nowhere/\nssh-ed25519 AAAA thief\n"; } }\n',
    ),
  },
  {
    name: 'apache: a main configuration that runs as root',
    server: 'apache',
    changes: main('/etc/apache2/apache2.conf', 'User root\nErrorLog /root/gatehouse.log\n'),
  },
  {
    name: 'caddy: a main configuration with a storage of its own',
    server: 'caddy',
    changes: main(
      '/etc/caddy/Caddyfile',
      '{\n\tstorage file_system /root/gatehouse\n\tlog {\n\t\toutput file /root/gatehouse.log\n\t}\n}\n:8081 {\n\trespond ok\n}\n',
    ),
  },
  ...named('nginx', nginxSites, newNginxSite),
  ...named('apache', apacheSites, apacheSite),
  ...named('caddy', caddySites, caddySite),
];
