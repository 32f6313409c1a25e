import 'server-only';
import type { contract } from '#api/contract/index';
import type { ImportResult } from '#api/contract/transfer';
import type { Handler } from '../../door/route';
import type { WriteDb } from '../../platform/database/db';
import { AppError } from '../../platform/errors/app-error';
import { fieldProblem } from '../../platform/errors/field-problem';
import { putOnList } from '../lists/put-on-list';
import { saveMany } from '../save-many';
import { inWorker } from '../work/in-worker';
import { planImport } from './plan-import';

const mostNames = 50;

function refuse({ issues, sites }: Pick<ImportResult, 'issues' | 'sites'>): AppError {
  const all = [...issues, ...sites.flatMap((site) => site.issues)];
  return new AppError('invalid', 'The file cannot be imported like this.', {
    hint: 'Nothing was changed. The dry run shows every finding with its line.',
    issues: all
      .slice(0, 100)
      .map(({ line, column: _, ...issue }) =>
        line === null ? issue : { ...issue, message: `${issue.message} (line ${line})` },
      ),
  });
}

async function listNamed(tx: WriteDb, teamId: string, name: string): Promise<string> {
  const there = await tx.list.findFirst({ where: { name }, select: { id: true } });
  return there?.id ?? (await tx.list.create({ data: { teamId, name } })).id;
}

/** Imports sites from a text: a dry run that changes nothing, or all of it in one transaction, if it is still what the dry run said. */
export const importSites: Handler<typeof contract.sites.import> = async (context) => {
  const { body, db, team, actor, role, may, change } = context;
  if (body.list !== undefined && !may('lists.write')) {
    throw new AppError('forbidden', `As ${role} of this team you may not change lists.`);
  }
  if (!body.dryRun && body.digest === undefined) {
    throw fieldProblem('import.no-digest', ['digest'], 'is required: make a dry run first');
  }
  const read = await inWorker(actor.id, 'readSitesText', body.text);
  const reading = { text: body.text, read, who: actor.id, list: body.list };
  const { result, toSave, existingIds, stillSo } = await planImport(db, reading);
  if (body.dryRun) return { ...result, dryRun: true };
  return change(async (tx) => {
    if (result.issues.length > 0 || result.counts.refused > 0) throw refuse(result);
    if (result.digest !== body.digest || !(await stillSo(tx))) {
      throw new AppError('stale', 'The sites are not as they were at the dry run.', {
        hint: 'Make the dry run again and look at what it says now.',
      });
    }
    const saving = { teamId: team.id, authorId: actor.id, message: body.message };
    const saved = await saveMany(tx, saving, toSave);
    if (body.list !== undefined) {
      const ids = [...existingIds, ...saved.map(({ id }) => id)];
      await putOnList(tx, await listNamed(tx, team.id, body.list), ids);
    }
    const { create, update, unchanged } = result.counts;
    const names = toSave.map(({ document }) => document.name);
    return {
      value: { ...result, dryRun: false },
      audit: {
        subject: `${create + update} ${create + update === 1 ? 'site' : 'sites'}`,
        subjectId: saved.length === 1 ? (saved[0]?.id ?? null) : null,
        detail: {
          created: create,
          updated: update,
          unchanged,
          names: names.slice(0, mostNames),
          ...(body.list === undefined ? {} : { list: body.list }),
        },
      },
    };
  });
};
