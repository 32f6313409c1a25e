import { z } from 'zod';
import { SitesFile } from './sites-file';
import { currentSchemaVersion } from './upgrade';

/** JSON Schema of a file of several sites, as export writes it and import reads it. */
export function sitesFileJsonSchema(): Record<string, unknown> {
  return {
    $id: `https://gatehouse.dev/schemas/sites-v${currentSchemaVersion}.json`,
    title: 'Gatehouse sites',
    description: 'Site documents and where they run, to export, keep under version control and import.',
    ...z.toJSONSchema(SitesFile, { io: 'input', target: 'draft-2020-12' }),
  };
}
