import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../../testing/test-server';
import { env } from '../env';
import { db } from './db';
import { write } from './write';

let server: TestServer;
const prepared: string[] = [];
beforeAll(async () => {
  const { prepare } = Database.prototype;
  vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (
    this: Database.Database,
    text: string,
  ) {
    prepared.push(text);
    return prepare.call(this, text);
  });
  server = await startTestServer();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.stop();
});

const make = (slug: string) => write((tx) => tx.team.create({ data: { slug, name: slug } }));
const named = (slug: string) => db().team.findUnique({ where: { slug } });

test('a statement is prepared once, and answers for the values of each call', async () => {
  await make('one');
  await named('one');
  const before = prepared.length;
  await make('two');
  expect((await named('one'))?.name).toBe('one');
  expect((await named('two'))?.name).toBe('two');
  expect(await named('three')).toBeNull();
  expect(prepared.slice(before)).toEqual([]);
});

test('a statement that fails can be used again', async () => {
  await expect(make('one')).rejects.toThrow();
  await make('four');
  expect((await named('four'))?.name).toBe('four');
});

test('more kinds of statements than are kept answer as well', async () => {
  const slugs = Array.from({ length: 400 }, (_, index) => `none-${index}`);
  for (let length = 1; length <= slugs.length; length += 1)
    await db().team.findMany({ where: { slug: { in: [...slugs.slice(1, length), 'one'] } } });
  expect((await named('one'))?.name).toBe('one');
});

test('a transaction waits for another process that holds the lock, without holding up those who read', async () => {
  const other = new Database(env().databaseFile);
  other.exec('BEGIN IMMEDIATE');
  const waiting = make('later');
  const letGo = new Promise<void>((resolve) =>
    setTimeout(() => {
      other.exec('COMMIT');
      other.close();
      resolve();
    }, 1000),
  );
  expect((await named('one'))?.name).toBe('one');
  await letGo;
  expect((await waiting).slug).toBe('later');
});
