import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { db } from '../platform/database/db';
import { write } from '../platform/database/write';
import { addThings } from '../testing/add-things';
import type { Things } from '../testing/sample-requests';
import { addMember, startTestServer, type TestServer } from '../testing/test-server';
import { dueCertificates } from './certificate-jobs';

const now = new Date('2026-12-01T12:00:00Z');
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
let server: TestServer;
let things: Things;
let teamId: string;

beforeAll(async () => {
  server = await startTestServer();
  const { team, user } = await addMember('ours', 'admin');
  teamId = team.id;
  things = await addThings(team.id, user.id, 'ours');
});
afterAll(() => server.stop());
beforeEach(() =>
  write(async (tx) => {
    await tx.certificate.deleteMany();
    await tx.issuer.deleteMany({ where: { id: { not: things.issuer } } });
  }),
);

/** An issuer beside the first one, with an account key of the same kind. */
async function addIssuer(name: string): Promise<string> {
  const { accountKeyId } = await db().issuer.findUniqueOrThrow({ where: { id: things.issuer } });
  const data = { teamId, name, directoryUrl: 'https://127.0.0.1:1/dir', accountKeyId, termsAcceptedAt: now };
  return (await write((tx) => tx.issuer.create({ data }))).id;
}

const addDue = (issuerId: string | null, count: number, minutesAgo: number, label: string) =>
  write((tx) =>
    tx.certificate.createMany({
      data: Array.from({ length: count }, (_, index) => ({
        teamId,
        siteId: things.site,
        targetId: things.target,
        name: `${label}-${index}`,
        issuerName: label,
        issuerId,
        hostnames: [`${label}.example.com`],
        keyType: 'ecdsa',
        nextAt: ago(minutesAgo),
      })),
    }),
  );
const issuersOf = async (busy: ReadonlyMap<string, string> = new Map()) => {
  const counts: Record<string, number> = {};
  for (const { issuerId } of await dueCertificates(busy, now))
    counts[issuerId ?? 'none'] = (counts[issuerId ?? 'none'] ?? 0) + 1;
  return counts;
};

test('the backlog of one CA keeps no other CA waiting, whatever its length', async () => {
  const other = await addIssuer('other');
  await addDue(things.issuer, 500, 60, 'storm');
  await addDue(other, 2, 1, 'quiet');
  await addDue(null, 6, 1, 'removed');
  expect(await issuersOf()).toEqual({ [things.issuer]: 4, [other]: 2, none: 4 });
});

test('what is under way counts: for its issuer, and for all together', async () => {
  const other = await addIssuer('other');
  await addDue(things.issuer, 20, 60, 'storm');
  await addDue(other, 20, 1, 'quiet');
  const ids = (await dueCertificates(new Map(), now)).map(({ id }) => id);
  const one = new Map([[ids[0] ?? '', things.issuer]]);
  expect(await issuersOf(one)).toEqual({ [things.issuer]: 3, [other]: 4 });
  const busy = new Map(Array.from({ length: 15 }, (_, index) => [`elsewhere-${index}`, `issuer-${index}`]));
  expect(await issuersOf(busy)).toEqual({ [things.issuer]: 1 });
  busy.set('elsewhere-15', 'issuer-15');
  expect(await issuersOf(busy)).toEqual({});
});

test('those without an issuer have a share as well', async () => {
  await addDue(null, 20, 60, 'removed');
  await addDue(things.issuer, 1, 1, 'quiet');
  const busy = new Map(Array.from({ length: 4 }, (_, index) => [`elsewhere-${index}`, '']));
  expect(await issuersOf(busy)).toEqual({ [things.issuer]: 1 });
});

test('what is not due yet is not begun, and the longest due comes first', async () => {
  await addDue(things.issuer, 2, -1, 'later');
  expect(await issuersOf()).toEqual({});
  await addDue(things.issuer, 1, 5, 'second');
  await addDue(things.issuer, 1, 9, 'first');
  const due = await dueCertificates(new Map(), now);
  const rows = await db().certificate.findMany({ where: { id: { in: due.map(({ id }) => id) } } });
  expect(due.map(({ id }) => rows.find((row) => row.id === id)?.name)).toEqual(['first-0', 'second-0']);
});
