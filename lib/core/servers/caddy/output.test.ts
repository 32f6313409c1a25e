import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../site/testing/any-text';
import { parseCaddyOutput } from './output';

test('errors of 2.6 and of later versions name the innermost file and line', () => {
  const old =
    "Error: adapting config using caddyfile: parsing caddyfile tokens for 'route': /etc/caddy/gatehouse/ci.caddy:217 - Error during parsing: parsing caddyfile tokens for 'handle': /etc/caddy/gatehouse/ci.caddy:63 - Error during parsing: File to import not found: /etc/users";
  const later =
    "Error: adapting config using caddyfile: parsing caddyfile tokens for 'vars': wrong argument count or unexpected line ending after 'x', at /etc/caddy/gatehouse/ci.caddy:3 import chain ['/etc/caddy/Caddyfile:1 (import)'], at /etc/caddy/gatehouse/ci.caddy:13 import chain ['/etc/caddy/Caddyfile:1 (import)']";
  expect(parseCaddyOutput(`${old}\n`)).toMatchObject([
    { severity: 'error', path: '/etc/caddy/gatehouse/ci.caddy', line: 63 },
  ]);
  expect(parseCaddyOutput(`${later}\n`)).toMatchObject([
    { severity: 'error', path: '/etc/caddy/gatehouse/ci.caddy', line: 3 },
  ]);
});

test('warnings count, information and what every configuration hears does not', () => {
  const output = `{"level":"info","ts":1795227614.5,"msg":"using config from file","file":"/etc/caddy/Caddyfile"}
{"level":"warn","ts":1795227614.5,"logger":"caddyfile","msg":"Unnecessary header_up X-Forwarded-For: the reverse proxy's default behavior is to pass headers to the upstream"}
{"level":"warn","ts":1795227614.5,"msg":"Caddyfile input is not formatted; run 'caddy fmt --overwrite' to fix inconsistencies","adapter":"caddyfile","file":"/etc/caddy/Caddyfile","line":2}
{"level":"error","ts":1795227614.5,"logger":"tls","msg":"loading","error":"open /nowhere/c.pem: no such file or directory"}
Valid configuration
`;
  expect(parseCaddyOutput(output)).toEqual([
    {
      severity: 'warning',
      message:
        "Unnecessary header_up X-Forwarded-For: the reverse proxy's default behavior is to pass headers to the upstream",
      path: null,
      line: null,
    },
    {
      severity: 'error',
      message: 'loading: open /nowhere/c.pem: no such file or directory',
      path: null,
      line: null,
    },
  ]);
});

test('hostile output stays text: no terminal sequences, no control characters, limited size', () => {
  const [finding] = parseCaddyOutput(
    'Error: \u001b]0;owned\u0007\u001b[31mred\u001b[0m \u202ebad, at /etc/x:1\n',
  );
  expect(finding).toEqual({ severity: 'error', message: 'red bad, at /etc/x:1', path: '/etc/x', line: 1 });
  fc.assert(
    fc.property(anyText(), (noise) => {
      const line = JSON.stringify({ level: 'warn', msg: noise });
      for (const { message } of parseCaddyOutput(`Error: ${noise}, at /etc/x:1\n${line}\n${noise}`)) {
        expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(message.length).toBeLessThanOrEqual(2000);
      }
    }),
  );
  expect(parseCaddyOutput('Error: x\n'.repeat(100_000)).length).toBe(100);
});
