import { Command } from 'commander';
import { siteJsonSchema } from '#core/site/site-json-schema';

/** `gatehouse schema`: the JSON Schema of the site document, for editors and other tools. */
export function schemaCommand(): Command {
  return new Command('schema').description('print the JSON Schema of the site document').action(() => {
    console.log(JSON.stringify(siteJsonSchema(), null, 2));
  });
}
