import { chmodSync, copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSession } from '#server/identity/sessions/start-session';
import { closeDb } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { forgetSingletons } from '#server/platform/singleton';
import { siteColumns } from '#server/sites/site-columns';
import { addThings } from '#server/testing/add-things';
import { baseDatabase } from '#server/testing/base-database';
import type { Things } from '#server/testing/sample-requests';
import { siteNumber } from '../../../scripts/load/seed';
import { largestSite } from './largest-site';

export const teamSlug = 'largest';

export interface LargeTeam {
  readonly things: Things;
  /** The largest site, with a history. */
  readonly largest: string;
  readonly siteIds: readonly string[];
  /** A cookie of an admin who looks after the installation, too: another person each, since a call may end its caller's rights. */
  nextCookie(): string;
}

/** Fills the database of a data directory with a team that has much, before a dashboard is started there. */
export async function addLargeTeam(
  dataDir: string,
  amounts: { readonly sites: number; readonly people: number },
): Promise<LargeTeam> {
  chmodSync(dataDir, 0o700);
  copyFileSync(await baseDatabase(), join(dataDir, 'gatehouse.db'));
  forgetSingletons();
  Object.assign(process.env, { GATEHOUSE_DATA_DIR: dataDir, LOG_LEVEL: 'silent' });
  const team = await write((tx) => tx.team.create({ data: { slug: teamSlug, name: 'Largest' } }));
  const people = Array.from({ length: amounts.people }, (_, index) => ({
    id: `person-${index}`,
    name: `Person ${index}`,
    email: `person-${index}@largest.test`,
    administrator: true,
  }));
  await write(async (tx) => {
    await tx.user.createMany({ data: people });
    await tx.member.createMany({
      data: people.map(({ id }) => ({ teamId: team.id, userId: id, role: 'admin' })),
    });
  });
  const things = await addThings(team.id, 'person-0', 'largest');
  const siteIds = Array.from({ length: amounts.sites }, (_, index) => `site-${index}`);
  const largest = 'the-largest';
  await write(async (tx) => {
    // Refuses at once, so that no call waits for it.
    await tx.host.update({ where: { id: things.host }, data: { address: '127.0.0.1', port: 1 } });
    const documents = [
      ...siteIds.map((id, index) => ({ id, revisions: [siteNumber(index)] })),
      {
        id: largest,
        revisions: [1, 2, 3, 4].map((number) => ({
          ...largestSite(largest),
          redirectStatus: number % 2 === 0 ? (301 as const) : (308 as const),
        })),
      },
    ];
    for (const { id, revisions } of documents) {
      const [document] = revisions.slice(-1);
      if (!document) continue;
      await tx.site.create({
        data: {
          ...siteColumns(document),
          id,
          teamId: team.id,
          head: revisions.length,
          revisions: {
            create: revisions.map((each, index) => ({
              number: index + 1,
              document: each,
              authorId: 'person-0',
            })),
          },
          targets: { create: { targetId: things.target } },
        },
      });
    }
  });
  const cookies: string[] = [];
  for (const { id } of people) {
    const answer = new Headers();
    // Proven for as long as the walk lasts.
    await startSession({ address: 'test', userAgent: 'test', answer }, id, new Date(Date.now() + 3_600_000));
    cookies.push(answer.getSetCookie()[0]?.split(';')[0] ?? '');
  }
  await closeDb();
  forgetSingletons();
  return {
    things,
    largest,
    siteIds,
    nextCookie: () => {
      const cookie = cookies.pop();
      if (cookie === undefined) throw new Error('the walk asks more often than there are people');
      return cookie;
    },
  };
}
