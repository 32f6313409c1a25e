import { operations } from '#api/contract/index';
import type { Operation } from '#api/operation';
import { quantile } from '../../../scripts/bench/quantile';
import type { ServerProcess } from '../server-process';
import type { LargeTeam } from './large-team';
import { type Call, largestCalls } from './largest-calls';
import { type HealthWatch, type Look, watchHealth } from './watch-health';

/** What happened to one call. */
export interface Outcome {
  readonly operation: string;
  readonly what: string;
  readonly bytes: number;
  /** 0: there was no answer. */
  readonly status: number;
  readonly ms: number;
  readonly looks: readonly Look[];
}

/** Event streams of what has ended say so and end; no call may take longer. */
const patienceMs = 60_000;
const order = { GET: 0, POST: 1, PUT: 1, PATCH: 1, DELETE: 2 };

/** Things go last. */
export const walked = (): Operation[] => operations.toSorted((a, b) => order[a.method] - order[b.method]);

let callers = 0;
async function ask(url: string, operation: Operation, { path, body }: Call, cookie: string) {
  callers += 1;
  const answer = await fetch(url + path, {
    method: operation.method,
    headers: {
      cookie,
      origin: url,
      'sec-fetch-site': 'same-origin',
      // Somebody else each time, for limits that count by address.
      'x-forwarded-for': `10.${callers >> 16}.${(callers >> 8) % 256}.${callers % 256}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(operation.ifMatch ? { 'if-match': '"4"' } : {}),
    },
    ...(body === undefined ? {} : { body }),
    redirect: 'manual',
    signal: AbortSignal.timeout(patienceMs),
  });
  for await (const _ of answer.body ?? []);
  return answer.status;
}

/** Looks are over a moment after the call, too: work that it leaves behind counts. */
async function looksDuring(health: HealthWatch, work: () => Promise<void>): Promise<Look[]> {
  health.take();
  await work();
  const until = Date.now();
  const looks: Look[] = [];
  do {
    await new Promise((resolve) => setTimeout(resolve, 60));
    looks.push(...health.take());
  } while (!looks.some(({ askedAt }) => askedAt >= until) && Date.now() - until < 60_000);
  return looks;
}

/** A process that has just begun is busy with itself: it loads its pages, and looks after what was left. */
async function warmUp({ url }: ServerProcess): Promise<void> {
  for (let quick = 0; quick < 5; ) {
    const started = performance.now();
    await fetch(`${url}/api/v1/session`).then((answer) => answer.text());
    quick = performance.now() - started < 50 ? quick + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Asks every operation of a started dashboard for the largest that it admits, one call after the other, while its health is asked. */
export async function walkOperations(
  server: ServerProcess,
  pid: number,
  team: LargeTeam,
  wanted: (operation: Operation) => boolean = () => true,
): Promise<Outcome[]> {
  await warmUp(server);
  const health = watchHealth(server.url, pid);
  const outcomes: Outcome[] = [];
  try {
    for (const operation of walked().filter(wanted))
      for (const call of largestCalls(operation, team)) {
        let status = 0;
        const started = performance.now();
        let ms = 0;
        const looks = await looksDuring(health, async () => {
          status = await ask(server.url, operation, call, team.nextCookie()).catch(() => 0);
          ms = performance.now() - started;
        });
        const bytes = call.path.length + (call.body?.length ?? 0);
        outcomes.push({ operation: operation.id, what: call.what, bytes, status, ms, looks });
      }
  } finally {
    await health.stop();
  }
  return outcomes;
}

/** One row per operation: its largest input, its longest call, and what health waited for. */
export function tableOf(outcomes: readonly Outcome[]) {
  const ids = [...new Set(outcomes.map(({ operation }) => operation))];
  return ids.map((operation) => {
    const own = outcomes.filter((each) => each.operation === operation);
    const looks = own.flatMap((each) => each.looks);
    const slowest = own.toSorted((a, b) => b.ms - a.ms)[0];
    return {
      operation,
      calls: own.length,
      'largest, KB': Math.ceil(Math.max(...own.map(({ bytes }) => bytes)) / 1000),
      'longest, ms': Math.round(slowest?.ms ?? 0),
      of: slowest?.what ?? '',
      'health p99, ms': Math.round(
        quantile(
          looks.map(({ waitMs }) => waitMs),
          0.99,
        ),
      ),
      'most, ms': Math.round(Math.max(...looks.map(({ waitMs }) => waitMs))),
      'busy p99, ms': Math.round(
        quantile(
          looks.map(({ busyMs }) => busyMs),
          0.99,
        ),
      ),
      'most busy, ms': Math.round(Math.max(...looks.map(({ busyMs }) => busyMs))),
    };
  });
}
