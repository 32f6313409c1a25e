import { performance } from 'node:perf_hooks';
import { type Seeded, teamSlug } from './seed';

export interface Times {
  readonly what: string;
  readonly p50: string;
  readonly p95: string;
  readonly p99: string;
  readonly most: string;
  readonly bytes: number;
}

export const share = (sorted: readonly number[], part: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;

/** Calls one URL many times, `atOnce` side by side, and says how long the answers took, as a client sees it. */
export async function timesOf(
  what: string,
  urls: (round: number) => string,
  { tokens }: Seeded,
  { rounds, atOnce }: { readonly rounds: number; readonly atOnce: number },
): Promise<Times> {
  const times: number[] = [];
  let bytes = 0;
  let next = -Math.ceil(rounds / 10);
  const worker = async () => {
    while (next < rounds) {
      const round = next++;
      const started = performance.now();
      const answer = await fetch(urls(Math.abs(round)), {
        headers: { authorization: `Bearer ${tokens[Math.abs(round) % tokens.length]}` },
      });
      const text = await answer.text();
      // The first tenth warms up and is not counted.
      if (round >= 0) times.push(performance.now() - started);
      if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${text}`);
      bytes = text.length;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  times.sort((a, b) => a - b);
  const ms = (part: number) => share(times, part).toFixed(1);
  return { what, p50: ms(0.5), p95: ms(0.95), p99: ms(0.99), most: (times.at(-1) ?? 0).toFixed(1), bytes };
}

/** What people look at most, each with other arguments every time where there are any. */
export async function readTimes(
  origin: string,
  seeded: Seeded,
  rounds: number,
  atOnce: number,
): Promise<Times[]> {
  const team = `${origin}/api/v1/teams/${teamSlug}`;
  const sites = (query: string) => () => `${team}/sites?${query}`;
  const first = (await (
    await fetch(`${team}/sites?limit=200`, { headers: { authorization: `Bearer ${seeded.tokens[0]}` } })
  ).json()) as { next: string | null };
  const looks: [string, (round: number) => string][] = [
    ['list, first page of 50', sites('limit=50')],
    ['list, newest first', sites('limit=50&sort=-updatedAt')],
    ['list, a later page', sites(`limit=50&cursor=${first.next}`)],
    ['list, 200 a page', sites('limit=200')],
    ['search, some found', (round) => `${team}/sites?search=ci-${round % 1000}`],
    ['search, nothing found', sites('search=nowhere-at-all')],
    ['filter by preset', sites('preset=jenkins')],
    ['filter by host', sites(`hostId=${seeded.hostId}`)],
    ['filter by list', sites(`listId=${seeded.listId}`)],
    ['filter by sync state', sites('sync=out-of-sync')],
    ['get one site', (round) => `${team}/sites/s${round}`],
    ['its revisions', (round) => `${team}/sites/s${round}/revisions`],
    ['hosts', () => `${team}/hosts`],
    ['activity, first page', () => `${team}/activity?limit=50`],
    ['activity by words', (round) => `${team}/activity?text=ci-${round}`],
    ['activity of one site', (round) => `${team}/activity?subjectId=s${round}`],
  ];
  const rows: Times[] = [];
  for (const [what, url] of looks) rows.push(await timesOf(what, url, seeded, { rounds, atOnce }));
  return rows;
}
