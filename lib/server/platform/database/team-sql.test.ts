import { afterAll, beforeAll, expect, test } from 'vitest';
import { Prisma } from '../../../generated/prisma/client';
import { startTestServer, type TestServer } from '../../testing/test-server';
import { readRows } from './db';
import { scopedModels, teamlessModels } from './team-scope';
import { teamSql } from './team-sql';
import { write } from './write';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await write(async (tx) => {
    for (const id of ['ours', 'theirs']) {
      await tx.team.create({ data: { id, slug: id, name: id } });
      await tx.host.create({
        data: { id: `h-${id}`, teamId: id, name: 'web', transport: 'ssh', address: 'a' },
      });
      await tx.target.create({ data: { id: `t-${id}`, teamId: id, hostId: `h-${id}`, server: 'nginx' } });
      await tx.site.create({
        data: {
          id: `s-${id}`,
          teamId: id,
          name: 'ci',
          head: 1,
          preset: 'jenkins',
          hostnames: ' ci.example.com ',
        },
      });
      await tx.siteTarget.create({ data: { siteId: `s-${id}`, targetId: `t-${id}` } });
    }
  });
});
afterAll(() => server.stop());

const readable = scopedModels.filter((model) => model !== 'User');

test.each(readable)(
  'a query that says nothing of a team gets the rows of its own alone from %s',
  async (model) => {
    const rows = await readRows<{ n: bigint }>(
      'ours',
      Prisma.sql`SELECT count(*) AS "n" FROM ${Prisma.raw(model)}`,
    );
    const own = ['Team', 'Host', 'Target', 'Site', 'SiteTarget'].includes(model) ? 1 : 0;
    expect(Number(rows[0]?.n)).toBe(own);
  },
);

test('a table is narrowed however it is written', async () => {
  for (const from of ['"Site"', 'site', '[SITE]', '`Site` AS x', '(SELECT * FROM Site)', 'Team, "sItE"']) {
    const rows = await readRows<{ id: string }>('ours', Prisma.sql`SELECT * FROM ${Prisma.raw(from)}`);
    expect(rows).toHaveLength(1);
  }
  const [row] = await readRows<{ id: string }>('theirs', Prisma.sql`SELECT "id" FROM "Site"`);
  expect(row?.id).toBe('s-theirs');
});

test.each([...teamlessModels, 'User'])('%s cannot be read in a query of a team', (model) => {
  const query = Prisma.sql`SELECT * FROM "Site" s, ${Prisma.raw(`"${model}"`)}`;
  expect(() => teamSql('ours', query)).toThrow('cannot say');
});

test.each([
  'SELECT * FROM main."Site"',
  'SELECT * FROM temp.Site',
  'WITH "Site" AS (SELECT 1) SELECT * FROM "Site"',
])('nothing goes past the narrowed tables: %s', (text) => {
  expect(() => teamSql('ours', Prisma.raw(text))).toThrow('cannot say');
});

test('a query without a table of the team is refused', () => {
  expect(() => teamSql('ours', Prisma.sql`SELECT * FROM sqlite_master`)).toThrow('must name a table');
});

test('inside a transaction a query sees what that has written', async () => {
  const names = await write(async (tx) => {
    await tx.site.update({ where: { id: 's-ours' }, data: { name: 'new' } });
    return readRows<{ name: string }>('ours', Prisma.sql`SELECT "name" FROM "Site"`);
  });
  expect(names).toEqual([{ name: 'new' }]);
});

test('a column may be called what a table is called that a team cannot read; a schema does not lead to that table', async () => {
  const rows = await readRows<{ user: string }>('ours', Prisma.sql`SELECT h."user" FROM "Host" h`);
  expect(rows).toEqual([{ user: 'root' }]);
  for (const from of [
    'main."User"',
    '"main"."User"',
    '\'main\'."User"',
    'Site, temp."User"',
    '[MAIN]."User"',
  ]) {
    expect(() => teamSql('ours', Prisma.sql`SELECT * FROM ${Prisma.raw(from)}`)).toThrow('cannot say');
  }
});
