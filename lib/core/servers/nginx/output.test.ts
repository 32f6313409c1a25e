import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../site/testing/any-text';
import { parseNginxOutput } from './output';

test('errors and warnings name their file and line', () => {
  const output = `nginx: [warn] conflicting server name "ci.example.com" on 0.0.0.0:80, ignored
nginx: [emerg] host not found in upstream "nobody.invalid:8010" in /etc/nginx/sites-enabled/gatehouse-ci.conf:3
2026/11/21 10:00:00 [emerg] 4242#4242: bind() to 0.0.0.0:443 failed (98: Address already in use)
nginx: configuration file /etc/nginx/nginx.conf test failed
`;
  expect(parseNginxOutput(output)).toEqual([
    {
      severity: 'warning',
      message: 'conflicting server name "ci.example.com" on 0.0.0.0:80, ignored',
      path: null,
      line: null,
    },
    {
      severity: 'error',
      message: 'host not found in upstream "nobody.invalid:8010"',
      path: '/etc/nginx/sites-enabled/gatehouse-ci.conf',
      line: 3,
    },
    {
      severity: 'error',
      message: 'bind() to 0.0.0.0:443 failed (98: Address already in use)',
      path: null,
      line: null,
    },
  ]);
});

test('hostile output stays text: no terminal sequences, no control characters, limited size', () => {
  const [finding] = parseNginxOutput(
    'nginx: [emerg] \u001b]0;owned\u0007\u001b[31mred\u001b[0m \u202ebad in /etc/x:1\n',
  );
  expect(finding).toEqual({ severity: 'error', message: 'red bad', path: '/etc/x', line: 1 });
  fc.assert(
    fc.property(anyText(), (noise) => {
      for (const { message } of parseNginxOutput(`nginx: [emerg] ${noise} in /etc/x:1\n${noise}`)) {
        expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(message.length).toBeLessThanOrEqual(2000);
      }
    }),
  );
  expect(parseNginxOutput('nginx: [warn] x\n'.repeat(100_000)).length).toBe(100);
});
