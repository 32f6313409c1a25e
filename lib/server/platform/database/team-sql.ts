import 'server-only';
import { Prisma } from '../../../generated/prisma/client';
import { scopedModels, teamFilter, teamlessModels } from './team-scope';

const { sql, raw, empty } = Prisma;

/** Models that a row leads to by a relation of this name. */
const relations: Readonly<Record<string, string>> = {
  site: 'Site',
  list: 'List',
  plan: 'Plan',
  apply: 'Apply',
  applyTarget: 'ApplyTarget',
  target: 'Target',
  group: 'HostGroup',
};
/** People are read through a row of the team that names them: `ApplyAuthor`. */
const unreadable = new Set([...teamlessModels, 'User']);

/** The filter of a model as a condition on the rows that `row` stands for. Nested rows are named after their depth. */
function condition(filter: Record<string, unknown>, row: string, depth = 0): Prisma.Sql {
  const [[field, wanted] = []] = Object.entries(filter);
  if (field === undefined) throw new Error('an empty filter narrows nothing');
  if (typeof wanted === 'string') return sql`${raw(`${row}."${field}"`)} = ${wanted}`;
  const model = relations[field];
  if (!model) throw new Error(`${field} is not known to SQL of teams`);
  const next = `r${depth}`;
  const found = raw(`SELECT 1 FROM main."${model}" ${next} WHERE ${next}."id" = ${row}."${field}Id"`);
  return sql`EXISTS (${found} AND ${condition(wanted as Record<string, unknown>, next, depth + 1)})`;
}

const narrowed = (model: string, teamId: string) =>
  sql`${raw(`"${model}" AS NOT MATERIALIZED (SELECT t.* FROM main."${model}" t WHERE`)} ${condition(teamFilter(model, teamId) ?? {}, 't')})`;

/** Who asked for each apply of the team, also when they have left it. */
const applyAuthor = (teamId: string) => sql`"ApplyAuthor" AS NOT MATERIALIZED (
  SELECT a."id" AS "applyId", u."id", u."name", u."email" FROM main."Apply" a JOIN main."User" u ON u."id" = a."requestedById" WHERE a."teamId" = ${teamId})`;

/**
 * A query in SQL in which each table holds the rows of one team and no others, by the same filters as in its client: a common table expression is
 * before every table that the text names, however it names it. Forgetting the team is not possible.
 *
 * @throws Error for a table that belongs to no team, and for a name that would go past the narrowed ones
 */
export function teamSql(teamId: string, query: Prisma.Sql): Prisma.Sql {
  // A quoted word behind a dot is a column: a table there would need one of the schemas that cannot be said. Identifiers of SQLite know no case.
  const words = new Set(
    query.sql
      .replace(/\."\w+"/g, '.')
      .toLowerCase()
      .match(/\w+/g),
  );
  const names = (model: string) => words.has(model.toLowerCase());
  const beyond = [...unreadable].find(names) ?? ['main', 'temp', 'with'].find(names);
  if (beyond) throw new Error(`A query of one team cannot say ${beyond}`);
  const tables = scopedModels
    .filter((model) => !unreadable.has(model) && names(model))
    .map((model) => narrowed(model, teamId));
  if (names('ApplyAuthor')) tables.push(applyAuthor(teamId));
  if (tables.length === 0) throw new Error('A query of one team must name a table of its');
  return sql`WITH ${Prisma.join(tables, ', ')} ${query}${empty}`;
}
