// `npm test [suite…]`: prepares a fresh clone, runs the suites and ends with one line `N passed, N failed, N skipped` over all.
// Written without dependencies, because it runs before they are installed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { prepare } from './prepare.mjs';

const root = new URL('..', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const skippedNames = [];
const failedNames = [];
/** Files of tests with the seconds that they took, beside others. */
const slow = [];

const log = (name) => join(scratch, `${name}.log`);
/** Where a suite's own words go: to the terminal, or into a file until the suite is over. */
let outputOf = () => 'inherit';

async function run(name, command, args, env = {}) {
  const output = outputOf(name);
  const stdio = ['ignore', output, output];
  const [status] = await once(
    spawn(command, args, { cwd: root, stdio, env: { ...process.env, ...env } }),
    'exit',
  );
  return status ?? 1;
}

function count(name, status) {
  total[status] += 1;
  if (status === 'failed') failedNames.push(name);
  if (status === 'skipped') skippedNames.push(name);
}

/** One check is one test: formatting with lint, types, and files and packages that nothing needs. */
async function check() {
  count(
    'biome',
    (await run('check', 'npx', ['biome', 'ci', '--colors=off', '.'])) === 0 ? 'passed' : 'failed',
  );
  await run('check', 'npx', ['next', 'typegen']);
  count('types', (await run('check', 'npx', ['tsc', '--noEmit', '-p', '.'])) === 0 ? 'passed' : 'failed');
  count('unused', (await run('check', 'npx', ['knip', '--no-config-hints'])) === 0 ? 'passed' : 'failed');
}

async function vitest(project, projects = [project]) {
  const report = join(scratch, `${project}.json`);
  const args = [
    'vitest',
    'run',
    ...projects.flatMap((each) => ['--project', each]),
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
  ];
  const status = await run(project, 'npx', [...args, `--outputFile.json=${report}`]);
  if (!existsSync(report)) {
    count(`${project}: the runner ended without a report`, 'failed');
    return;
  }
  let failed = 0;
  const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
  slow.push(
    ...testResults.map(({ name, startTime, endTime }) => ({
      name: relative(root, name),
      seconds: Math.round((endTime - startTime) / 1000),
    })),
  );
  for (const file of testResults) {
    if (file.status === 'failed' && file.assertionResults.every((test) => test.status !== 'failed')) {
      count(file.name, 'failed');
      failed += 1;
    }
    for (const test of file.assertionResults) {
      const outcome = test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped';
      count(test.fullName, outcome);
      if (outcome === 'failed') failed += 1;
    }
  }
  // An error outside of any test must not pass unseen.
  if (status !== 0 && failed === 0) count(`${project}: ${reasonOf(project, status)}`, 'failed');
}

/** Words for a runner that failed though no test did: what it says of errors outside of tests may be far above the end. */
function reasonOf(name, status) {
  const output = existsSync(log(name)) ? readFileSync(log(name), 'utf8') : '';
  const at = output.indexOf('Unhandled');
  return `the runner exited with ${status}${at < 0 ? '' : `\n${output.slice(at, at + 4000)}`}`;
}

async function browser() {
  const report = join(scratch, 'browser.json');
  const status = await run('browser', 'npx', ['playwright', 'test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  });
  if (!existsSync(report)) {
    count('browser: the runner ended without a report', 'failed');
    return;
  }
  const { suites, errors } = JSON.parse(readFileSync(report, 'utf8'));
  let failed = 0;
  const walk = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const outcome = { expected: 'passed', flaky: 'passed', skipped: 'skipped' }[test.status] ?? 'failed';
        count(spec.title, outcome);
        if (outcome === 'failed') failed += 1;
      }
    }
    for (const child of suite.suites ?? []) walk(child);
  };
  for (const suite of suites) walk(suite);
  if (failed === 0 && (errors.length > 0 || status !== 0))
    count(`browser: ${reasonOf('browser', status)}`, 'failed');
}

const suites = {
  check,
  /** A part of `unit`, for those who change what decides. */
  core: () => vitest('core'),
  unit: () => vitest('unit', ['core', 'unit']),
  servers: () => vitest('servers'),
  lab: () => vitest('lab'),
  faults: () => vitest('faults'),
  browser,
};
const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !(name in suites));
if (unknown.length > 0) {
  console.error(`unknown suite: ${unknown.join(', ')}; there are ${Object.keys(suites).join(', ')}`);
  process.exit(2);
}

await prepare();
const names = chosen.length > 0 ? chosen : Object.keys(suites).filter((name) => name !== 'core');
if (names.length > 1) outputOf = (name) => openSync(log(name), 'a');

const needPrograms = ['servers', 'lab', 'faults', 'browser'];
/** The web servers, and the hosts to run them on. Tests that do not need it run meanwhile. */
const prepared = installPrograms();
async function installPrograms() {
  if (!names.some((name) => needPrograms.includes(name)) || process.getuid?.() !== 0) return;
  if ((await run('prepare', 'bash', ['e2e/lab/prepare.sh'])) === 0) return;
  if (existsSync(log('prepare'))) console.error(readFileSync(log('prepare'), 'utf8'));
  count('prepare: the web servers and hosts that tests need could not be installed', 'failed');
}

async function runSuite(name) {
  if (needPrograms.includes(name)) await prepared;
  const started = Date.now();
  if (names.length === 1) console.log(`\n# ${name}`);
  await suites[name]();
  const seconds = Math.round((Date.now() - started) / 1000);
  if (names.length > 1) console.log(`\n# ${name} (${seconds} s)\n${readFileSync(log(name), 'utf8')}`);
}

// Three at a time: one that mostly waits for whole hosts, and two that use the processor meanwhile. Each shows what it printed when it is over.
const order = ['lab', 'unit', 'servers', 'core', 'check', 'faults', 'browser'];
const queue = order.filter((name) => names.includes(name));
async function runQueue() {
  for (let name = queue.shift(); name; name = queue.shift()) await runSuite(name);
}
await Promise.all([runQueue(), runQueue(), runQueue()]);
rmSync(scratch, { recursive: true, force: true });

slow.sort((a, b) => b.seconds - a.seconds);
const slowest = slow.slice(0, 10).map(({ name, seconds }) => `  ${String(seconds).padStart(4)} s  ${name}`);
if (slowest.length > 0) console.log(`\nSlowest files:\n${slowest.join('\n')}`);
if (skippedNames.length > 0) console.log(`\nSkipped:\n${skippedNames.map((name) => `  ${name}`).join('\n')}`);
if (failedNames.length > 0) console.log(`\nFailed:\n${failedNames.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
