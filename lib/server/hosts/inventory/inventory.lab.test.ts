import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningIssues } from '#core/plan/running-issues';
import { labAvailable } from '#lab/index';
import { readEffective, readFacts } from '../helper/host';
import { type HelperHost, startHelperHost, untouchedFiles } from '../helper/testing/helper-host';
import { inventoriesOf } from './inventories-of';

const available = labAvailable();

describe.skipIf(available !== true)(
  `the inventory of a host${available === true ? '' : ` (${available})`}`,
  () => {
    let at: HelperHost;
    const read = async () => {
      const [facts, configs] = await Promise.all([
        readFacts(at.transport),
        readEffective(at.transport, ['nginx', 'apache', 'caddy']),
      ]);
      return { facts, inventories: inventoriesOf(configs, facts.servers), configs };
    };
    const places = (blocks: readonly { file: string; line: number; names: readonly string[] }[]) =>
      blocks.map(({ file, line, names }) => `${names.join(' ')} ${file}:${line}`);

    beforeAll(async () => {
      at = await startHelperHost({ servers: ['nginx', 'apache', 'caddy'], diskMib: 512 });
    });
    afterAll(() => at?.stop());

    it('names what each server serves, through links and includes, and changes nothing', async () => {
      const { host } = at;
      await host.writeFile(
        '/srv/www/sites/one',
        'server {\n  listen 8181;\n  server_name one.test;\n  include /srv/www/private;\n}\n',
      );
      await host.writeFile('/srv/www/private', 'add_header x y;\n', '600');
      await host.exec('ln -s /srv/www/sites/one /etc/nginx/sites-enabled/one');
      await host.writeFile(
        '/etc/apache2/sites-enabled/two.conf',
        'Listen 8282\n<VirtualHost *:8282>\n  ServerName two.test\n  ServerAlias alias.test\n</VirtualHost>\n',
      );
      await host.writeFile(
        '/etc/caddy/Caddyfile',
        '{\n\thttp_port {$CADDY_TEST_PORT:8081}\n}\nimport more/*.caddy\n',
      );
      await host.writeFile('/etc/caddy/more/a.caddy', 'http://three.test {\n\treverse_proxy :9\n}\n');
      const before = await untouchedFiles(host, ['/etc', '/srv', '/var/lib', '/var/log/nginx']);
      const { inventories } = await read();
      expect(await untouchedFiles(host, ['/etc', '/srv', '/var/lib', '/var/log/nginx'])).toBe(before);
      const [nginx, apache, caddy] = inventories;
      expect(places(nginx?.blocks ?? [])).toContain('one.test /etc/nginx/sites-enabled/one:1');
      expect(nginx?.blocks.find(({ names }) => names[0] === 'one.test')?.real).toBe('/srv/www/sites/one');
      expect(nginx?.gaps).toEqual([
        { path: '/srv/www/private', line: null, message: expect.stringContaining('not everybody') },
      ]);
      expect(places(apache?.blocks ?? [])).toContain(
        'two.test alias.test /etc/apache2/sites-enabled/two.conf:2',
      );
      expect(apache?.sockets.map(({ port }) => port)).toContain(8282);
      expect(places(caddy?.blocks ?? [])).toEqual(['three.test /etc/caddy/more/a.caddy:1']);
      expect(caddy?.blocks[0]?.listens[0]?.port).toBe(8081);
      // Apache's own account of its virtual hosts: every place that it names, and no other.
      const dump = (await host.exec('apache2ctl -t -D DUMP_VHOSTS 2>/dev/null')).stdout;
      const told = [...dump.matchAll(/\((\/[^:)]+:\d+)\)/g)].map((match) => match[1]);
      expect([...new Set(told)].sort()).toEqual(
        (apache?.blocks ?? []).map(({ file, line }) => `${file}:${line}`).sort(),
      );
    });

    it('follows the command line of what runs, and reports a second instance', async () => {
      const { host } = at;
      await host.writeFile(
        '/opt/other/nginx.conf',
        'pid /run/other.pid;\nevents {}\nhttp { server { listen 8383; server_name other.test; } }\n',
      );
      await host.exec('nginx -c /opt/other/nginx.conf >/dev/null 2>&1');
      const second = (await read()).facts.servers.find(({ server }) => server === 'nginx');
      expect(second).toMatchObject({ mainConfig: '/etc/nginx/nginx.conf', mainKnown: true });
      expect(second?.instances.map(({ mainConfig }) => mainConfig)).toEqual(['/opt/other/nginx.conf']);
      await host.exec('kill "$(cat /run/nginx.pid)"; while [ -e /run/nginx.pid ]; do sleep 0.05; done');
      const { facts, inventories } = await read();
      expect(facts.servers.find(({ server }) => server === 'nginx')).toMatchObject({
        mainConfig: '/opt/other/nginx.conf',
        instances: [],
      });
      expect(places(inventories[0]?.blocks ?? [])).toEqual(['other.test /opt/other/nginx.conf:3']);
      await host.exec('kill "$(cat /run/other.pid)"; while [ -e /run/other.pid ]; do sleep 0.05; done');
      await host.startServer('nginx');
    });

    it('Apache that was started with another main configuration', async () => {
      const { host } = at;
      const own = '/opt/other/apache2.conf';
      await host.exec(
        `{ echo 'ServerRoot /etc/apache2'; cat /etc/apache2/apache2.conf; } >${own}; printf 'Listen 8484\\n<VirtualHost *:8484>\\n  ServerName mine.test\\n</VirtualHost>\\n' >>${own}`,
      );
      await host.stopServer('apache');
      await host.exec(`. /etc/apache2/envvars; mkdir -p /run/apache2; apache2 -f ${own} -k start`);
      const { facts, inventories } = await read();
      expect(facts.servers.find(({ server }) => server === 'apache')).toMatchObject({ mainConfig: own });
      const apache = inventories.find(({ server }) => server === 'apache');
      expect(places(apache?.blocks ?? []).join('\n')).toContain(`mine.test ${own}:`);
      await host.stopServer('apache');
      await host.startServer('apache');
    });

    it.each([
      ['--config /opt/other/Caddyfile', '/opt/other/Caddyfile', 'host.caddy-other-config'],
      ['--config /opt/other/caddy.json', '/opt/other/caddy.json', 'host.caddy-other-config'],
      ['--resume --config /etc/caddy/Caddyfile', '/etc/caddy/Caddyfile', 'host.caddy-resumes'],
    ])('Caddy that was started with %s is refused by name', async (words, mainConfig, code) => {
      const { host } = at;
      await host.writeFile('/opt/other/Caddyfile', 'http://mine.test:8585 {\n\trespond "mine"\n}\n');
      await host.exec('caddy adapt --config /opt/other/Caddyfile >/opt/other/caddy.json 2>/dev/null');
      await host.stopServer('caddy');
      await host.exec(
        `cd /; HOME=/var/lib/caddy setsid caddy run ${words} </dev/null >/dev/null 2>&1 & until curl -fs -o /dev/null http://localhost:2019/config/; do kill -0 $! && sleep 0.1 || exit 1; done`,
      );
      const caddy = (await readFacts(at.transport, { servers: ['caddy'] })).servers[0];
      if (!caddy) expect.fail('no Caddy');
      expect(caddy).toMatchObject({ mainConfig, running: true });
      expect(runningIssues(caddy).map((issue) => issue.code)).toEqual([code]);
      await host.stopServer('caddy');
      await host.startServer('caddy');
    });

    it('a plan asks only the server that it concerns', async () => {
      const facts = await readFacts(at.transport, { servers: ['caddy'] });
      expect(facts.servers.map(({ server }) => server)).toEqual(['caddy']);
    });

    it('reads 500 foreign sites in less than three seconds', async () => {
      const { host } = at;
      await host.exec(`
        i=0
        while [ $i -lt 500 ]; do
          printf 'server {\\n  listen 80;\\n  listen 443 ssl;\\n  server_name site-%s.test www.site-%s.test;\\n  location / { proxy_pass http://127.0.0.1:80%s; }\\n}\\n' $i $i $i >/etc/nginx/sites-available/site-$i
          ln -s ../sites-available/site-$i /etc/nginx/sites-enabled/site-$i
          i=$((i + 1))
        done`);
      const start = performance.now();
      const configs = await readEffective(at.transport, ['nginx']);
      const [inventory] = inventoriesOf(configs, []);
      const took = performance.now() - start;
      console.log(`inventory of 500 sites: ${Math.round(took)} ms`);
      expect(inventory?.blocks.length).toBeGreaterThanOrEqual(500);
      expect(inventory?.blocks.find(({ names }) => names.includes('site-7.test'))).toMatchObject({
        real: '/etc/nginx/sites-available/site-7',
        upstream: 'http://127.0.0.1:807',
      });
      expect(took).toBeLessThan(3000);
    });
  },
);
