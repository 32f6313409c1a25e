import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { type Seeded, teamSlug } from './seed';

export interface Times {
  readonly what: string;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly most: string;
  /** Processor time of the server for one call. It depends less than the others on what else the machine does. */
  readonly cpu: string;
  readonly bytes: number;
}

/** Linux counts in hundredths of a second. */
const tickMs = 10;

/** Processor time that a process has used so far, in ms. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Milliseconds that half of them, 95 and 99 of a hundred, and all of them took at most. */
export function spread(times: readonly number[]) {
  const sorted = [...times].sort((a, b) => a - b);
  const ms = (part: number) => share(sorted, part).toFixed(1);
  return { p50: ms(0.5), p95: ms(0.95), p99: ms(0.99), most: ms(1) };
}

/** Calls one URL many times, `atOnce` side by side, and says how long the answers took, as a client sees it. */
export async function timesOf(
  what: string,
  urls: (round: number) => string,
  { tokens }: Seeded,
  { rounds, atOnce, pid }: { readonly rounds: number; readonly atOnce: number; readonly pid: number },
): Promise<Times> {
  const times: number[] = [];
  let bytes = 0;
  let next = -Math.ceil(rounds / 10);
  let calls = 0;
  const before = processorMs(pid);
  const worker = async () => {
    while (next < rounds) {
      const round = next++;
      const started = performance.now();
      const answer = await fetch(urls(Math.abs(round)), {
        headers: { authorization: `Bearer ${tokens[Math.abs(round) % tokens.length]}` },
      });
      const text = await answer.text();
      calls += 1;
      // The first tenth warms up and is not counted.
      if (round >= 0) times.push(performance.now() - started);
      if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${text}`);
      bytes = text.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const cpu = ((processorMs(pid) - before) / calls).toFixed(1);
  return { what, ...spread(times), cpu, bytes };
}

/** What people look at most, each with other arguments every time where there are any. */
async function looks(
  origin: string,
  { tokens, hostId, listId }: Seeded,
): Promise<[string, (round: number) => string][]> {
  const team = `${origin}/api/v1/teams/${teamSlug}`;
  const sites = (query: string) => () => `${team}/sites?${query}`;
  const first = (await (
    await fetch(`${team}/sites?limit=200`, { headers: { authorization: `Bearer ${tokens[0]}` } })
  ).json()) as { next: string | null };
  return [
    ['list, first page of 50', sites('limit=50')],
    ['list, newest first', sites('limit=50&sort=-updatedAt')],
    ['list, a later page', sites(`limit=50&cursor=${first.next}`)],
    ['list, 200 a page', sites('limit=200')],
    ['search, some found', (round) => `${team}/sites?search=ci-${round % 1000}`],
    ['search, nothing found', sites('search=nowhere-at-all')],
    ['filter by preset', sites('preset=jenkins')],
    ['filter by host', sites(`hostId=${hostId}`)],
    ['filter by list', sites(`listId=${listId}`)],
    ['filter by sync state', sites('sync=out-of-sync')],
    ['get one site', (round) => `${team}/sites/s${round}`],
    ['its revisions', (round) => `${team}/sites/s${round}/revisions`],
    ['hosts, first page of 100', () => `${team}/hosts`],
    ['hosts, found by name', (round) => `${team}/hosts?search=h${round}`],
    ['hosts to choose among, all 500', () => `${team}/hosts/choices`],
    ['activity, first page', () => `${team}/activity?limit=50`],
    ['activity by words', (round) => `${team}/activity?text=ci-${round}`],
    ['activity of one site', (round) => `${team}/activity?subjectId=s${round}`],
  ];
}

/** Each of them alone: one call after the other, or `atOnce` side by side. */
export async function readTimes(
  origin: string,
  seeded: Seeded,
  how: { readonly rounds: number; readonly atOnce: number; readonly pid: number },
): Promise<Times[]> {
  const rows: Times[] = [];
  for (const [what, url] of await looks(origin, seeded)) rows.push(await timesOf(what, url, seeded, how));
  return rows;
}

/** As many people as there are tokens look at all of it in turn, each with one to three seconds between two looks, until told to stop. */
export async function startReaders(origin: string, seeded: Seeded, pid: number) {
  const all = await looks(origin, seeded);
  const times: number[] = [];
  const wrong = new Map<number, number>();
  const before = processorMs(pid);
  let going = true;
  const done = Promise.all(
    seeded.tokens.map(async (token, person) => {
      for (let round = person; going; round += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1000 + Math.random() * 2000));
        const [, url] = all[round % all.length] ?? ['', () => origin];
        const started = performance.now();
        const answer = await fetch(url(round), { headers: { authorization: `Bearer ${token}` } });
        await answer.text();
        times.push(performance.now() - started);
        if (answer.status !== 200) wrong.set(answer.status, (wrong.get(answer.status) ?? 0) + 1);
      }
    }),
  );
  return async () => {
    going = false;
    await done;
    return {
      ...spread(times),
      'calls answered': times.length,
      'ms of processor a call': ((processorMs(pid) - before) / times.length).toFixed(1),
      'other answers than 200': JSON.stringify([...wrong]),
    };
  };
}
