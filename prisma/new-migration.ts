import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemaDiff } from './schema-diff';

/**
 * `npm run db:migration -- NAME`: writes the migration from the schema that the committed migrations lead to
 * (`migrations/schema.prisma`) to the one in `schema.prisma`, and moves that mark.
 */
const here = dirname(fileURLToPath(import.meta.url));
const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('usage: npm run db:migration -- name_in_lower_case');
  process.exit(2);
}
const mark = join(here, 'migrations', 'schema.prisma');
const before = await readFile(mark, 'utf8').catch(() => null);
const after = await readFile(join(here, 'schema.prisma'), 'utf8');
const sql = await schemaDiff(before, after);
if (!sql) {
  console.log('The schema has not changed: no migration is needed.');
} else {
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const dir = join(here, 'migrations', `${stamp}_${name}`);
  await mkdir(dir, { recursive: true });
  await writeFile(join(dir, 'migration.sql'), sql);
  await writeFile(mark, after);
  console.log(`Wrote ${dir}`);
}
