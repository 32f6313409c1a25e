// `npm test [suite…]`: prepares a fresh clone, runs the suites and ends with one line `N passed, N failed, N skipped` over all.
// Written without dependencies, because it runs before they are installed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

const root = new URL('..', import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const skippedNames = [];
const failedNames = [];

const run = (command, args, env = {}) =>
  spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status ?? 1;

function count(name, status) {
  total[status] += 1;
  if (status === 'failed') failedNames.push(name);
  if (status === 'skipped') skippedNames.push(name);
}

/** One check is one test: formatting with lint, types, and the schema's migrations. */
function check() {
  count('biome', run('npx', ['biome', 'ci', '.']) === 0 ? 'passed' : 'failed');
  run('npx', ['next', 'typegen']);
  count('types', run('npx', ['tsc', '--noEmit', '-p', '.']) === 0 ? 'passed' : 'failed');
}

function vitest(project) {
  const report = join(scratch, `${project}.json`);
  const args = [
    'vitest',
    'run',
    '--project',
    project,
    '--passWithNoTests',
    '--reporter=default',
    '--reporter=json',
  ];
  const status = run('npx', [...args, `--outputFile.json=${report}`]);
  if (!existsSync(report)) {
    count(`${project}: the runner ended without a report`, 'failed');
    return;
  }
  let failed = 0;
  for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) {
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
  if (status !== 0 && failed === 0) count(`${project}: the runner exited with ${status}`, 'failed');
}

function browser() {
  const report = join(scratch, 'browser.json');
  const status = run('npx', ['playwright', 'test', '--reporter=list,json'], {
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
    count(`browser: the runner exited with ${status}`, 'failed');
}

const suites = {
  check,
  unit: () => vitest('unit'),
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
const names = chosen.length > 0 ? chosen : Object.keys(suites);
if (
  names.some((name) => ['servers', 'lab', 'faults', 'browser'].includes(name)) &&
  process.getuid?.() === 0
) {
  if (run('sh', ['e2e/lab/prepare.sh']) !== 0)
    console.error('The lab could not be prepared; its tests will be skipped or fail.');
}
for (const name of names) {
  console.log(`\n# ${name}`);
  suites[name]();
}
rmSync(scratch, { recursive: true, force: true });

if (skippedNames.length > 0) console.log(`\nSkipped:\n${skippedNames.map((name) => `  ${name}`).join('\n')}`);
if (failedNames.length > 0) console.log(`\nFailed:\n${failedNames.map((name) => `  ${name}`).join('\n')}`);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0);
