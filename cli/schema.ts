import { Command } from 'commander';
import { siteJsonSchema } from '#core/site/site-json-schema';
import { sitesFileJsonSchema } from '#core/site/sites-file-json-schema';

/** `gatehouse schema`: the JSON Schema of the site document, or of a file of several, for editors and other tools. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of the site document')
    .option('--file', 'of a file of several sites, as export writes it')
    .action(({ file }: { file?: true }) => {
      console.log(JSON.stringify(file ? sitesFileJsonSchema() : siteJsonSchema(), null, 2));
    });
}
