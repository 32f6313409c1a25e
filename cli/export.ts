import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { stringify } from 'yaml';
import { z } from 'zod';
import { contract } from '#api/contract/index';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { findList } from './api/find-list';
import { findSites } from './api/find-sites';
import { CommandError, exitCode } from './exit-code';

interface Options extends ApiOptions {
  readonly list?: string;
  readonly format: 'yaml' | 'json';
  readonly into?: string;
}

/** As much of an exported file as naming its parts needs. */
const Exported = z.object({
  schemaVersion: z.int(),
  sites: z.array(z.looseObject({ name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/) })),
});

/** One file per site, named after it. */
async function writeInto(folder: string, text: string): Promise<void> {
  const { schemaVersion, sites } = Exported.parse(JSON.parse(text));
  await mkdir(folder, { recursive: true });
  for (const site of sites) {
    const path = join(folder, `${site.name}.yaml`);
    await writeFile(path, stringify({ schemaVersion, ...site }));
    console.error(path);
  }
}

async function exportSites(names: readonly string[], given: Options): Promise<void> {
  const { list, into, ...options } = given;
  if (names.length > 0 && list !== undefined) {
    throw new CommandError('Name sites or a list, not both.', exitCode.usage);
  }
  const connection = await connect(options);
  const ids =
    names.length > 0 ? (await findSites(connection, names)).map(({ id }) => id).join(',') : undefined;
  const listId = list === undefined ? undefined : (await findList(connection, list)).id;
  const file = await connection.call(contract.sites.export, {
    params: { team: connection.team },
    query: {
      format: into || options.json ? 'json' : options.format,
      ...(ids === undefined ? {} : { ids }),
      ...(listId === undefined ? {} : { listId }),
    },
  });
  if (into) await writeInto(into, file.text);
  else process.stdout.write(file.text.endsWith('\n') ? file.text : `${file.text}\n`);
}

/** `gatehouse export`: sites as files, as `import` reads them. */
export const exportCommand = (): Command =>
  apiCommand('export')
    .description('write sites as one file, or one file each; import reads both')
    .argument('[sites...]', 'names or ids; all of the team without any')
    .option('--list <name>', 'those of a list')
    .addOption(new Option('--format <format>', 'of one file').choices(['yaml', 'json']).default('yaml'))
    .option('--into <folder>', 'write one YAML file per site there, to begin a repository')
    .addHelpText(
      'after',
      `${settingsHelp}

Examples:
  gatehouse export > sites.yaml
  gatehouse export --list production --into sites/`,
    )
    .action(exportSites);
