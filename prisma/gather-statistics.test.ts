import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { gatherStatistics } from './gather-statistics';

test('a connection that is open plans by what its tables hold now, once it has run any statement that it keeps', () => {
  const dir = mkdtempSync(join(tmpdir(), 'gatehouse-statistics-'));
  const file = join(dir, 'test.db');
  const writer = new Database(file);
  writer.pragma('journal_mode = WAL');
  writer.exec(
    'CREATE TABLE t (a, b, c); CREATE INDEX t_a ON t (a); CREATE INDEX t_b ON t (b); INSERT INTO t VALUES (1, 1, 1)',
  );
  gatherStatistics(file);
  const reader = new Database(file, { readonly: true });
  const kept = reader.prepare('SELECT * FROM t WHERE a = 1 AND b = 2');
  const index = () => {
    kept.all();
    return JSON.stringify(reader.prepare(`EXPLAIN QUERY PLAN ${kept.source}`).all());
  };
  expect(index()).not.toContain('t_b');
  const fill =
    'WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) INSERT INTO t SELECT 1, i, i FROM n';
  writer.exec(fill);
  gatherStatistics(file);
  expect(index()).toContain('t_b');
  expect(reader.pragma('integrity_check', { simple: true })).toBe('ok');
  writer.close();
  reader.close();
  rmSync(dir, { recursive: true });
});
