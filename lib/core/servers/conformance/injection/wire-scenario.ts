import { mkdir, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { visibleText } from '../../../site/testing/hostile-text';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { request } from '../raw-client';
import { onStage, siteInput } from '../stage';

const perSite = 30;
const awkward = [
  ...[
    '%{ENV:PATH}e',
    '%{HTTP_HOST}',
    '\u0024{PATH}',
    '$http_x',
    '{env.PATH}',
    '{$HOME}',
    '{http.request.uri}',
  ],
  ...[
    'a\\',
    '\\n',
    '"',
    '";',
    "'",
    '`',
    '#',
    'a;}{',
    '}',
    'expr=%{HTTP_HOST}',
    '%',
    '%%',
    '%0a',
    '<<EOF',
    '</Location>',
  ],
];

/** Values that people can see are, letter for letter, what was typed. */
export function wireScenario(driver: ServerDriver): void {
  // A backslash beside a backtick has no form in a Caddyfile, which is an issue at the field.
  const sayable = (text: string) => driver.kind !== 'caddy' || !(text.includes('\\') && text.includes('`'));
  const texts = (count: number) =>
    [...awkward, ...fc.sample(visibleText, { numRuns: count * 3, seed: 20_261_121 })]
      .map((text) => text.trim())
      .filter((text) => text !== '' && sayable(text));

  test('header values arrive at the application and at the browser as they were typed', () => {
    const typed = texts(3 * perSite).slice(0, 3 * perSite);
    const sites = [0, 1, 2].map((index) => typed.slice(index * perSite, (index + 1) * perSite));
    const host = (index: number) => `s${index}.example.com`;
    return onStage(
      driver,
      (places) =>
        sites.map((own, index) => {
          const headers = own.map((text, at) => ({
            op: 'set' as const,
            name: `X-T${at}`,
            value: text.replaceAll(/[{}]/g, '$&$&'),
          }));
          return siteInput(places, {
            preset: 'generic',
            name: `s${index}`,
            hostnames: [host(index)],
            requestHeaders: headers,
            responseHeaders: headers,
          });
        }),
      async ({ secure, upstream }) => {
        for (const [index, own] of sites.entries()) {
          const reply = await request(secure(host(index)), { target: '/', host: host(index) });
          const seen = upstream.seen.at(-1);
          for (const [at, text] of own.entries()) {
            expect(values(seen?.headers ?? [], `x-t${at}`), 'to the application').toEqual([text]);
            expect(values(reply.headers, `x-t${at}`), 'to the browser').toEqual([text]);
          }
        }
      },
    );
  });

  test('the realm of a sign-in is asked for as it was typed', () => {
    const realms = texts(20)
      .filter((text) => text.length <= 64 && !/["\\]/.test(text))
      // Caddy expands braces in a realm and has no way to write one, which is an issue at the field.
      .filter((text) => driver.kind !== 'caddy' || !(text === '}' || text.includes('{')))
      .slice(0, 24);
    const host = (index: number) => `s${index}.example.com`;
    return onStage(
      driver,
      async ({ directory, http, https, app, other }) => {
        const users = {
          nginx: 'alice:$apr1$x$y\n',
          apache: 'alice:$apr1$x$y\n',
          caddy: 'alice $2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.\n',
        };
        await mkdir(`${directory}/files`, { recursive: true });
        await writeFile(`${directory}/files/users`, users[driver.kind]);
        return realms.map((realm, index) =>
          siteInput(
            { directory, http, https, app, other },
            {
              preset: 'generic',
              name: `s${index}`,
              hostnames: [host(index)],
              access: { auth: { mode: 'basic', realm, usersFile: `${directory}/files/users` } },
            },
          ),
        );
      },
      async ({ secure }) => {
        for (const [index, realm] of realms.entries()) {
          const reply = await request(secure(host(index)), { target: '/', host: host(index) });
          expect(reply.status).toBe(401);
          const [challenge = ''] = values(reply.headers, 'www-authenticate');
          expect(/realm="([^"]*)"/.exec(challenge)?.[1]).toBe(realm);
        }
      },
    );
  });
}
