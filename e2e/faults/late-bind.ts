import { expect } from 'vitest';
import { tell } from '../apply/dashboard';
import type { Fault } from './matrix/fault';
import type { Stage } from './matrix/stage';

const port = 8443;

/** What sixty new connections get: over http the redirect, over https the marker. One refused configuration that lives on is seen by half of them. */
async function answers(stage: Stage, scheme: 'http' | 'https'): Promise<string> {
  const number = scheme === 'http' ? 80 : 443;
  const seen = scheme === 'http' ? '%{redirect_url}' : '%header{x-fault-marker}';
  const script = `for i in $(seq 60); do curl -sk -m 5 -o /dev/null -w '${seen}\\n' --resolve ci.example.com:${number}:127.0.0.1 ${scheme}://ci.example.com/; done | sort | uniq -c`;
  return (await stage.host.exec(script, { check: false })).stdout.trim();
}

export const lateBind: Fault = {
  name: 'late bind failure',
  run: (cell) =>
    cell.cases(
      ['taken before the review', 'taken after the review', 'taken at the reload'],
      async (stage, when) => {
        const early = when === 'taken before the review';
        if (early) await stage.listen(port);
        const edit = await stage.edit({
          alone: true,
          edit: (document) => Object.assign(document, { httpsPort: port }),
          status: [early ? 'blocked' : 'ready'],
        });
        if (when === 'taken after the review') await stage.listen(port);
        // After the host has seen that the port is free: only then the web server itself finds out.
        const apply =
          when === 'taken at the reload'
            ? await stage.applyAndStrike(edit, 'reload', () => stage.listen(port), 0)
            : await stage.apply(edit);
        const outcome = await stage.expectTruth(edit, apply, ['rolled-back']);
        if (apply) {
          expect(apply.failure).toMatchObject({ code: 'apply.port-not-served', path: ['httpsPort'] });
          expect(apply.failure?.message).toMatch(new RegExp(`port ${port}/tcp .*: node\\S* holds it`));
          const restarted = apply.targets[0]?.steps.some(({ name }) => name === 'restart-old');
          expect(restarted, tell(apply)).toBe(stage.webServer === 'caddy' && when === 'taken at the reload');
          expect(await answers(stage, 'http')).toBe('60 https://ci.example.com/');
        }
        const next = await stage.edit({ alone: true });
        await stage.expectTruth(next, await stage.apply(next), ['succeeded']);
        expect(await answers(stage, 'https')).toBe(`60 ${next.marker}`);
        return outcome;
      },
    ),
};
