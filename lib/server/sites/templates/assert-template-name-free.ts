import 'server-only';
import type { WriteDb } from '../../platform/database/db';
import { fieldProblem } from '../../platform/errors/field-problem';

/** @param ownId the template that is renamed. @throws AppError `invalid` at the field `name` */
export async function assertTemplateNameFree(tx: WriteDb, name: string, ownId: string | null): Promise<void> {
  const taken = await tx.siteTemplate.findFirst({
    where: { name, ...(ownId === null ? {} : { id: { not: ownId } }) },
    select: { id: true },
  });
  if (!taken) return;
  throw fieldProblem(
    'template.name-taken',
    ['name'],
    `there is a template named ${name} already`,
    'Choose another name.',
  );
}
