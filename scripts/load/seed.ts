import { defaultSite } from '#core/presets/default-site';
import { presetIds } from '#core/site/preset-titles';
import type { Site } from '#core/site/schema';
import { chainEnd, digestBefore } from '#server/door/chain-end';
import { recordHash } from '#server/door/record-hash';
import { insertToken } from '#server/identity/tokens/insert-token';
import { closeDb, db, type WriteDb } from '#server/platform/database/db';
import { write } from '#server/platform/database/write';
import { siteColumns } from '#server/sites/site-columns';
import { seenHost, serverOf } from './seen-host';

export interface Amounts {
  readonly sites: number;
  readonly hosts: number;
  readonly activity: number;
  readonly people: number;
}

export interface Seeded {
  /** API token of each person. */
  readonly tokens: readonly string[];
  /** Sites that the editors work on. */
  readonly siteIds: readonly string[];
  readonly hostId: string;
  readonly listId: string;
}

export const teamSlug = 'load';
const inOneTransaction = 500;
const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const events = [
  'site.updated',
  'site.created',
  'plan.created',
  'apply.started',
  'apply.confirmed',
  'host.checked',
];

async function inPieces<T>(items: readonly T[], work: (tx: WriteDb, piece: T[]) => Promise<unknown>) {
  for (let at = 0; at < items.length; at += inOneTransaction)
    await write((tx) => work(tx, items.slice(at, at + inOneTransaction)));
}
const count = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index));
const one = <T>(items: readonly T[], index: number): T => {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
};

export const siteNumber = (index: number): Site =>
  defaultSite(one(presetIds, index), `ci-${index}`, `ci-${index}.team${index % 40}.example.com`);

/** Fills an empty, migrated database with what a large team has after some years. The activity record is one whole chain. */
export async function seed({ sites, hosts, activity, people }: Amounts): Promise<Seeded> {
  const tokens: string[] = [];
  const team = await write((tx) => tx.team.create({ data: { slug: teamSlug, name: 'Load' } }));
  const teamId = team.id;
  const users = count(people, (index) => ({
    id: `u${index}`,
    name: `Person ${index}`,
    email: `p${index}@load.test`,
  }));
  await write(async (tx) => {
    await tx.user.createMany({ data: users });
    await tx.member.createMany({ data: users.map(({ id }) => ({ teamId, userId: id, role: 'admin' })) });
    for (const { id } of users) {
      const owner = { teamId, userId: id, name: 'load', scopes: null, expiresAt: null };
      tokens.push((await insertToken(tx, owner)).token);
    }
  });
  const hostIds = count(hosts, (index) => `h${index}`);
  await inPieces(hostIds, async (tx, piece) => {
    await tx.host.createMany({
      data: piece.map((id) => ({ ...seenHost(Number(id.slice(1))), id, teamId, name: `web-${id}` })),
    });
    await tx.target.createMany({
      data: piece.map((id) => ({
        id: `t${id}`,
        teamId,
        hostId: id,
        server: serverOf(Number(id.slice(1))),
      })),
    });
  });
  const lists = count(40, (index) => ({ id: `l${index}`, teamId, name: `List ${index}` }));
  await write((tx) => tx.list.createMany({ data: lists }));
  await inPieces(
    count(sites, (index) => index),
    async (tx, piece) => {
      const documents = new Map(piece.map((index) => [index, siteNumber(index)]));
      const document = (index: number) => documents.get(index) ?? siteNumber(index);
      await tx.site.createMany({
        data: piece.map((index) => ({
          ...siteColumns(document(index)),
          id: `s${index}`,
          teamId,
          head: 2,
          createdAt: new Date(start + index * minute),
          updatedAt: new Date(start + index * minute),
        })),
      });
      await tx.siteRevision.createMany({
        data: piece.flatMap((index) =>
          [1, 2].map((number) => ({
            siteId: `s${index}`,
            number,
            document: document(index),
            message: `revision ${number}`,
            authorId: one(users, index).id,
          })),
        ),
      });
      await tx.siteTarget.createMany({
        data: piece.map((index) => ({
          siteId: `s${index}`,
          targetId: `t${one(hostIds, index)}`,
          appliedRevision: index % 10 === 0 ? 1 : 2,
          appliedAt: new Date(start + index * minute),
        })),
      });
      await tx.listSite.createMany({
        data: piece.map((index) => ({ listId: one(lists, index).id, siteId: `s${index}` })),
      });
      await tx.probeResult.createMany({
        data: piece.flatMap((index) =>
          ['page', 'certificate', 'redirect'].map((kind) => ({
            siteId: `s${index}`,
            targetId: `t${one(hostIds, index)}`,
            phase: 'after',
            kind,
            status: 'passed',
            durationMs: 20,
            at: new Date(start + index * minute),
          })),
        ),
      });
    },
  );
  await inPieces(
    count(Math.min(3000, sites), (index) => index),
    async (tx, piece) => {
      const at = (index: number) => new Date(start + index * minute);
      const base = (index: number) => ({ teamId, createdAt: at(index) });
      const by = (index: number) => one(users, index).id;
      await tx.plan.createMany({
        data: piece.map((index) => ({
          ...base(index),
          id: `p${index}`,
          hash: 'h',
          status: 'applied',
          createdById: by(index),
        })),
      });
      await tx.planSite.createMany({
        data: piece.map((index) => ({ planId: `p${index}`, siteId: `s${index}`, revision: 2 })),
      });
      await tx.apply.createMany({
        data: piece.map((index) => ({
          ...base(index),
          id: `a${index}`,
          planId: `p${index}`,
          planHash: 'h',
          status: 'succeeded',
          requestedById: by(index),
        })),
      });
    },
  );
  const end = await write((tx) => chainEnd(tx));
  let hash = end.sequence === 0 ? await digestBefore(db()) : end.hash;
  await inPieces(
    count(activity, (index) => end.sequence + index + 1),
    (tx, piece) =>
      tx.activity.createMany({
        data: piece.map((sequence) => {
          const person = one(users, sequence);
          const at = new Date(start + sequence * 1000);
          const row = {
            id: `a${String(sequence).padStart(12, '0')}`,
            sequence,
            teamId,
            at,
            actorId: person.id,
            actorLabel: person.email,
            address: '192.0.2.9',
            requestId: `r${sequence}`,
            event: one(events, sequence),
            subject: `site ci-${sequence % sites}`,
            subjectId: `s${sequence % sites}`,
          };
          hash = recordHash({ ...row, at: at.toISOString(), detail: null }, hash);
          return { ...row, hash };
        }),
      }),
  );
  await closeDb();
  return {
    tokens,
    siteIds: count(Math.min(200, sites), (index) => `s${(index * 7) % sites}`),
    hostId: 'h3',
    listId: 'l3',
  };
}
