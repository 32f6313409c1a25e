import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyText } from '../../site/testing/any-text';
import { parseApacheOutput } from './output';

test('syntax errors, log lines and plain complaints become findings with place', () => {
  const output = `AH00526: Syntax error on line 88 of /etc/apache2/sites-enabled/gatehouse-ci.conf:
ProxyPassMatch cannot occur within <If> section
AH00112: Warning: DocumentRoot [/nowhere] does not exist
[Sat Nov 21 02:07:56.447207 2026] [ssl:warn] [pid 19146:tid 19146] AH01906: ci.example.com:443:0 server certificate is a CA certificate
[Sat Nov 21 02:07:56.447207 2026] [core:warn] [pid 1] AH00117: Ignoring deprecated use of DefaultType in line 7 of /etc/httpd/conf.d/x.conf.
AH00558: apache2: Could not reliably determine the server's fully qualified domain name
[Sat Nov 21 02:07:56.459775 2026] [mpm_event:notice] [pid 19146:tid 19146] AH00489: configured -- resuming normal operations
Action '-t' failed.
`;
  expect(parseApacheOutput(output)).toEqual([
    {
      severity: 'error',
      message: 'ProxyPassMatch cannot occur within <If> section',
      path: '/etc/apache2/sites-enabled/gatehouse-ci.conf',
      line: 88,
    },
    {
      severity: 'warning',
      message: 'AH00112: Warning: DocumentRoot [/nowhere] does not exist',
      path: null,
      line: null,
    },
    {
      severity: 'warning',
      message: 'AH01906: ci.example.com:443:0 server certificate is a CA certificate',
      path: null,
      line: null,
    },
    {
      severity: 'warning',
      message: 'AH00117: Ignoring deprecated use of DefaultType in line 7 of /etc/httpd/conf.d/x.conf.',
      path: '/etc/httpd/conf.d/x.conf',
      line: 7,
    },
  ]);
});

test('hostile output stays text: no terminal sequences, no control characters, limited size', () => {
  const [finding] = parseApacheOutput(
    'AH00526: Syntax error on line 3 of /etc/x.conf:\n\u001b]0;owned\u0007\u001b[31mred\u001b[0m \u202ebad\n',
  );
  expect(finding).toEqual({ severity: 'error', message: 'red bad', path: '/etc/x.conf', line: 3 });
  fc.assert(
    fc.property(anyText(), (noise) => {
      for (const { message } of parseApacheOutput(
        `AH00526: Syntax error on line 3 of /etc/x.conf:\n${noise}\n${noise}`,
      )) {
        expect(message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        expect(message.length).toBeLessThanOrEqual(2000);
      }
    }),
  );
  expect(parseApacheOutput('[x] [ssl:warn] y\n'.repeat(100_000)).length).toBe(100);
});
