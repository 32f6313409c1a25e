import { writeSync } from 'node:fs';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { labAvailable, type ServerName } from '#lab/index';
import { faults } from '../index';
import { type Company, startCompany } from './company';
import { Lanes } from './lanes';
import { forgetColumn, reportColumn, type Verdict } from './report';
import { Stage } from './stage';

const available = labAvailable();
/** Hosts at once. They wait most of their time. */
const lanes = Number(process.env.FAULT_LANES ?? 5);
/**
 * How much of it: by default a few cases of each fault, spread over its steps; `FAULTS=daily` takes another few each day, `FAULTS=steps` all steps,
 * `FAULTS=every` every single point of them instead of the first and last.
 */
const depth = process.env.FAULTS ?? 'some';
const everyPoint = depth === 'every';
const someCases = 3;
const offset = depth === 'daily' ? Math.floor(Date.now() / 86_400_000) : 0;

function chosen<T>(cases: readonly T[]): readonly T[] {
  const stride = depth === 'some' || depth === 'daily' ? Math.ceil(cases.length / someCases) : 1;
  return cases.filter((_, index) => index % stride === offset % stride);
}
/** `FAULTS_VERBOSE=1`: a line for each case as it ends. */
const verbose = process.env.FAULTS_VERBOSE === '1';
const patienceMs = everyPoint ? 7_200_000 : 1_800_000;

/** Runs every fault on one web server, and prints the result. */
export function runMatrix(server: ServerName): void {
  describe.skipIf(available !== true)(
    `faults on ${server}${available === true ? '' : ` (${available})`}`,
    () => {
      let company: Company;
      let stages: Lanes<Stage>;
      const verdicts = new Map<string, Verdict>();

      beforeAll(async () => {
        forgetColumn(server);
        company = await startCompany();
        const make = () => Stage.open(company.cast(server));
        stages = new Lanes(lanes, make, (stage) => stage.stop());
      });
      afterAll(async () => {
        await company?.stop();
        reportColumn(
          server,
          faults.map(({ name }) => name),
          verdicts,
        );
      });

      for (const { name, run } of faults) {
        test.concurrent(
          name,
          async () => {
            const verdict: Verdict = { outcomes: [], failures: [] };
            verdicts.set(name, verdict);
            await run({
              server,
              everyPoint,
              async cases(all, act) {
                const names = chosen(all);
                const one = (each: (typeof names)[number]) =>
                  stages.use(async (stage) => {
                    const startedAt = performance.now();
                    const tell = (outcome: string) => {
                      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
                      if (verbose) writeSync(2, `${server} · ${name} · ${each}: ${outcome} · ${seconds} s\n`);
                    };
                    try {
                      const outcome = await act(stage, each);
                      await stage.cleanUp();
                      verdict.outcomes.push([each, outcome]);
                      tell(outcome);
                    } catch (error) {
                      tell(`BROKEN ${error}`);
                      throw error;
                    }
                  });
                const results = await Promise.allSettled(names.map(one));
                results.forEach((result, index) => {
                  if (result.status === 'rejected')
                    verdict.failures.push([names[index] ?? '', result.reason]);
                });
                const [first] = verdict.failures;
                if (!first) return;
                const list = verdict.failures.map(([each]) => each).join(', ');
                throw new Error(`${verdict.failures.length} of ${names.length} cases failed: ${list}`, {
                  cause: first[1],
                });
              },
            });
          },
          patienceMs,
        );
      }
    },
  );
}
