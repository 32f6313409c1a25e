import { z } from 'zod';
import { Site } from './schema';
import { currentSchemaVersion } from './upgrade';

/** JSON Schema of the site document as people write it (defaults may be left out), for editors and other tools. */
export function siteJsonSchema(): Record<string, unknown> {
  return {
    $id: `https://gatehouse.dev/schemas/site-v${currentSchemaVersion}.json`,
    title: 'Gatehouse site',
    description: 'One public name set in front of a CI server.',
    ...z.toJSONSchema(Site, { io: 'input', target: 'draft-2020-12' }),
  };
}
