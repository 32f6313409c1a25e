import { execFileSync } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { answerHeader, questionPath } from '../../block-tokens';
import type { ServerDriver } from '../driver';
import { values } from '../message';
import { request } from '../raw-client';
import { onStage, siteInput } from '../stage';

/** How a block shows that it is the one that answers. */
export function identityScenarios(driver: ServerDriver): void {
  test('each block answers its question, whatever guards the site, and nobody else learns the answer', () =>
    onStage(
      driver,
      async (places) => {
        const usersFile = `${places.directory}/users`;
        const hash = execFileSync('openssl', ['passwd', '-apr1', 'secret'], { encoding: 'utf8' }).trim();
        const bcrypt = '$2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.';
        await writeFile(usersFile, `alice${driver.kind === 'caddy' ? ` ${bcrypt}` : `:${hash}`}\n`);
        return [
          siteInput(places, {
            preset: 'buildbot',
            hostnames: ['ci.example.com', '*.ci.example.com'],
            access: {
              auth: { mode: 'basic', realm: 'CI', usersFile },
              ip: { allow: ['192.0.2.0/24'], deny: [] },
              satisfy: 'all',
            },
            logs: { access: 'json', directory: places.directory },
          }),
          siteInput(places, { preset: 'generic', name: 'other', hostnames: ['other.example.com'] }),
        ];
      },
      async ({ rendering, secure, plain, directory }) => {
        expect(rendering.identities).toHaveLength(4);
        for (const { hostnames, secure: tls, question, answer } of rendering.identities) {
          for (const each of hostnames) {
            const host = each.replace('*', 'any');
            const reply = await request(tls ? secure(host) : plain, { target: questionPath(question), host });
            const said = [reply.body.trim(), ...values(reply.headers, answerHeader)];
            expect(said, `${host} ${reply.status}`).toContain(answer);
            const wrong = await request(tls ? secure(host) : plain, { target: questionPath(answer), host });
            expect(JSON.stringify(wrong).includes(question)).toBe(false);
          }
          const [stranger] = rendering.identities.filter(
            (other) => !other.hostnames.includes(hostnames[0] ?? ''),
          );
          const host = stranger?.hostnames[0] ?? '';
          const reply = await request(tls ? secure(host) : plain, { target: questionPath(question), host });
          expect(JSON.stringify([reply.body, reply.headers]).includes(answer)).toBe(false);
        }
        const logs = (await readdir(directory)).filter((name) => name.endsWith('access.log'));
        for (const log of logs) {
          const text = await readFile(`${directory}/${log}`, 'utf8');
          for (const { site, question } of rendering.identities)
            if (site === 'ci') expect(text.includes(question), log).toBe(false);
        }
      },
    ));
}
