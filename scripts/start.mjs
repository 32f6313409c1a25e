// `npm start`: from a fresh clone to a running dashboard. Installs, generates, migrates and builds what is missing, then serves.
import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { prepare, root, stop } from './prepare.mjs';
import { program } from './program.mjs';

const help = `Usage: npm start [-- --help]      start the dashboard
       npm start -- --prepare      install and build only, for images and services that may not write here
       npm run dev                 the same with live reloading, for work on Gatehouse itself

Settings (environment):
  HOST                       address to listen on (127.0.0.1)
  PORT                       port to listen on (3000)
  GATEHOUSE_DATA_DIR         database and key file (data)
  GATEHOUSE_PUBLIC_URL       the origin people type, when a proxy is in front: https://gatehouse.example.com
  GATEHOUSE_ALLOWED_HOSTS    further names under which it answers where no public address is set (localhost, addresses, the machine's name)
  GATEHOUSE_TRUSTED_PROXIES  addresses of such proxies, separated by commas
  GATEHOUSE_SIGN_IN_HEADER   header in which such a proxy names the person by e-mail address: X-Forwarded-Email
  GATEHOUSE_OIDC_ISSUER      OpenID provider for single sign-on, with GATEHOUSE_OIDC_CLIENT_ID, _CLIENT_SECRET_FILE, _NAME and _DOMAINS;
                             see docs/guide/single-sign-on.md
  GATEHOUSE_SECRET_KEY_FILE  key that encrypts stored secrets (DATA_DIR/secret.key)
  GATEHOUSE_ALLOW_ROOT       on: says nothing about being started as root (off)
  GATEHOUSE_LOCAL_HOSTS      on: administrators may add the dashboard's own machine as a host (off)
  GATEHOUSE_DRIFT_MINUTES    minutes between two looks at a host for changes by hand; 0 looks only when asked (15)
  GATEHOUSE_DRIFT_HOSTS_AT_ONCE  hosts looked at side by side (8)
  GATEHOUSE_APPLY_HOSTS_AT_ONCE  hosts that one apply changes side by side, after its first (4)
  GATEHOUSE_SMTP_URL         mail server, smtp:// or smtps://; with GATEHOUSE_MAIL_FROM (no e-mail; more in docs/guide.md)
  GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS  private ranges that webhooks may go to (none)
  GATEHOUSE_METRICS_TOKEN_FILE  token for /api/metrics (no metrics)
  GATEHOUSE_SLOW_QUERY_MS    slower queries are logged; 0 logs none (200)
  GATEHOUSE_STOP_SECONDS     how long requests and applies under way may take to end when it is told to stop (20)
  LOG_LEVEL                  fatal, error, warn, info, debug, trace or silent (info)

Example: HOST=0.0.0.0 PORT=8080 npm start`;

const beforeStartEntry = 'scripts/before-start.ts';
/** What worker threads of the server run. */
const workerEntry = 'lib/server/sites/work/main.ts';
const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(help);
  process.exit(0);
}
const unknown = args.find((argument) => !['--dev', '--prepare'].includes(argument));
if (unknown) stop(`unknown option ${unknown}\n\n${help}`);
const dev = args.includes('--dev');
if (args.includes('--prepare')) {
  await prepare();
  for (const entry of [beforeStartEntry, workerEntry, 'cli/main.ts']) await program(entry);
  await (await import('./build.mjs')).build();
  process.exit(0);
}

/** Says at once what would otherwise only show after minutes of building. */
function assertPortFree(host, port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', (error) => {
      if (error.code === 'EADDRINUSE')
        stop(
          `Port ${port} on ${host} is taken by another program. Choose another one: PORT=${port + 1} npm start`,
        );
      if (error.code === 'EACCES')
        stop(`This account may not listen on port ${port}. Choose one above 1023: PORT=3000 npm start`);
      stop(`Cannot listen on ${host}:${port}: ${error.message}`);
    });
    probe.listen(port, host, () => probe.close(done));
  });
}

/** Settings, data directory, key, migrations, setup link; in a process of its own, since it is TypeScript. */
async function beforeStart(env) {
  const { status, stdout } = spawnSync(process.execPath, [await program(beforeStartEntry)], {
    cwd: root,
    // Its standard output is the answer: a line of the log (of a slow query, say) must not come between.
    env: { ...env, LOG_LEVEL: 'silent' },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) stop('Gatehouse did not start; the reason is above.');
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

if (process.getuid?.() === 0 && process.env.GATEHOUSE_ALLOW_ROOT !== 'on')
  console.warn(
    'WARNING: Gatehouse runs as root. It needs no right of root here: a fault in it would be one of the whole machine. Give it an account of its own ' +
      '(packaging/gatehouse.service does), or set GATEHOUSE_ALLOW_ROOT=on where it is meant.',
  );
await prepare();
const env = {
  ...process.env,
  GATEHOUSE_DATA_DIR: resolve(root, process.env.GATEHOUSE_DATA_DIR || 'data'),
  NODE_ENV: dev ? 'development' : 'production',
  NEXT_TELEMETRY_DISABLED: '1',
};
const port = Number(process.env.PORT || 3000);
// Before anything else is touched: the link of a dashboard that is running there must stay good. What is no port is named below.
if (Number.isInteger(port) && port > 0 && port < 65536)
  await assertPortFree(process.env.HOST || '127.0.0.1', port);
const ready = await beforeStart(env);
if (ready.migrations.length > 0) console.log(`Database: applied ${ready.migrations.length} migration(s).`);
if (!dev) await (await import('./build.mjs')).build();

const server = spawn(process.execPath, ['scripts/server.mjs'], {
  cwd: root,
  env: { ...env, GATEHOUSE_WORKER_PROGRAM: await program(workerEntry) },
  stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
if (process.env.npm_lifecycle_event) {
  // npm dies of a signal without passing it on; what it leaves behind would keep the port.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && server.kill('SIGTERM'), 500).unref();
}
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
server.once('message', () => {
  console.log(`\nGatehouse is ready: ${ready.url}`);
  // After the #, so that the token reaches neither server logs nor proxies.
  if (ready.setupToken)
    console.log(
      `Make the first account here (works once):\n\n  ${ready.url}/setup#token=${ready.setupToken}`,
    );
  console.log('');
});
