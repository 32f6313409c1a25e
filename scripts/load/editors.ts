import Database from 'better-sqlite3';
import { type Seeded, teamSlug } from './seed';

/** A save that the server said yes to. */
interface Acknowledged {
  readonly siteId: string;
  readonly revision: number;
  readonly message: string;
}

export interface Edits {
  readonly acknowledged: Acknowledged[];
  /** Milliseconds that each save took, whatever its answer. */
  readonly times: number[];
  /** Answers by status; 0 is a connection that was cut. */
  readonly statuses: Map<number, number>;
  /** Words of the database that reached a person. */
  readonly busy: string[];
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** As many people as there are tokens save sites again and again, all from the same few, until told to stop. */
export function startEditors(origin: () => string, { tokens, siteIds }: Seeded, label: string) {
  const edits: Edits = { acknowledged: [], times: [], statuses: new Map(), busy: [] };
  let going = true;
  let serial = 0;
  const note = (status: number) => edits.statuses.set(status, (edits.statuses.get(status) ?? 0) + 1);

  async function editOnce(token: string): Promise<void> {
    const siteId = siteIds[Math.floor(Math.random() * siteIds.length)] ?? '';
    const url = `${origin()}/api/v1/teams/${teamSlug}/sites/${siteId}`;
    const headers = { authorization: `Bearer ${token}` };
    const read = await fetch(url, { headers });
    if (read.status !== 200) {
      note(read.status);
      await read.text();
      return;
    }
    const { document, targets, head } = (await read.json()) as {
      document: { upstreams: { servers: { port: number }[] }[] };
      targets: { targetId: string }[];
      head: number;
    };
    const [server] = document.upstreams[0]?.servers ?? [];
    if (server) server.port = 1024 + ((server.port + 1 + Math.floor(Math.random() * 1000)) % 60_000);
    const message = `${label} ${serial++}`;
    const started = performance.now();
    const answer = await fetch(url, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json', 'if-match': `"${head}"` },
      body: JSON.stringify({ document, targetIds: targets.map(({ targetId }) => targetId), message }),
    });
    const text = await answer.text();
    edits.times.push(performance.now() - started);
    note(answer.status);
    if (/SQLITE_BUSY|database is locked/i.test(text)) edits.busy.push(text);
    if (answer.status === 200) {
      const { head: revision } = JSON.parse(text) as { head: number };
      edits.acknowledged.push({ siteId, revision, message });
    }
    if (answer.status === 429) await pause(Number(answer.headers.get('retry-after') ?? 1) * 1000);
  }

  const done = Promise.all(
    tokens.map(async (token) => {
      while (going) {
        try {
          await editOnce(token);
        } catch {
          note(0);
          await pause(100);
        }
        await pause(200 + Math.random() * 400);
      }
    }),
  );
  return {
    edits,
    stop: async () => {
      going = false;
      await done;
    },
  };
}

/** What is missing of what was acknowledged: each save must be a revision of its own, with the same words, and all numbers without gaps. */
export function lostEdits(databaseFile: string, edits: Edits): string[] {
  const db = new Database(databaseFile, { readonly: true });
  const revision = db.prepare('SELECT message FROM "SiteRevision" WHERE siteId = ? AND number = ?');
  const lost = edits.acknowledged.filter(({ siteId, revision: number, message }) => {
    const row = revision.get(siteId, number) as { message: string } | undefined;
    return row?.message !== message;
  });
  const gaps = db
    .prepare(
      `SELECT s.id FROM "Site" s JOIN "SiteRevision" r ON r.siteId = s.id
       GROUP BY s.id HAVING count(*) <> s.head OR max(r.number) <> s.head`,
    )
    .all() as { id: string }[];
  db.close();
  return [
    ...lost.map(({ siteId, revision: number, message }) => `${siteId} ${number} ${message}`),
    ...gaps.map(({ id }) => `${id}: numbers with gaps`),
  ];
}
