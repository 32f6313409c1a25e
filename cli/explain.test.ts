import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runGatehouse } from './testing/run-gatehouse';

const example = (preset: string) => join(import.meta.dirname, `../examples/sites/${preset}.yaml`);
const explain = (...args: string[]) => runGatehouse(['explain', ...args], { GATEHOUSE_TOKEN: undefined });

test('explain says which rule answers a request, what the application gets, and why', async () => {
  const file = example('prometheus');
  const denied = await explain('https://prometheus.example.com/-/quit', file, '-X', 'POST');
  expect(denied.stdout).toMatch(/^Denied with 403\.\n/);
  expect(denied.status).toBe(0);
  const refused = await explain('https://prometheus.example.com/-%2fquit', file, '-s', 'apache');
  expect(refused.stdout).toMatch(
    /^Refused with 403 for how the path is written\.\n {2}because another spelling/,
  );
  const page = await explain(
    'https://prometheus.example.com/graph?x=1',
    file,
    '-H',
    'X_Forwarded_For: 1.2.3.4',
  );
  expect(page.stdout).toContain('gets GET /graph?x=1');
  expect(page.stdout).toMatch(/^- X_Forwarded_For: 1\.2\.3\.4 {2}\(kept back; .*other spelling/m);
  const json = await explain('http://prometheus.example.com/graph', file, '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ answer: { kind: 'redirect', status: 308 } });
});

test('what cannot be asked is said with its place, and a name of nobody ends with 1', async () => {
  expect(await explain('https://', example('prometheus'))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('address: is no address such as'),
  });
  expect(await explain('https://x.example.com/a b', example('prometheus'))).toMatchObject({ status: 2 });
  expect(await explain('https://x.example.com/', example('prometheus'), '-H', 'none')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('headers[0]: is no header'),
  });
  expect(await explain('https://other.example.com/', example('prometheus'))).toMatchObject({
    status: 1,
    stdout: expect.stringContaining('This site does not answer it.'),
  });
  expect(await explain('https://other.example.com/')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('No API token'),
  });
});
