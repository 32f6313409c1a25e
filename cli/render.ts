import { Command, Option } from 'commander';
import { LayoutId, ServerKind } from '#core/web-server/render-target';
import { type RenderOptions, renderFiles } from './render-files';

/** `gatehouse render`: site documents to the files of a web server, without a dashboard or a host. */
export function renderCommand(): Command {
  return new Command('render')
    .description('write the files that a web server needs for the given site documents')
    .argument('<documents...>', 'site documents (YAML or JSON)')
    .addOption(
      new Option('-s, --server <kind>', 'web server').choices(ServerKind.options).makeOptionMandatory(),
    )
    .option(
      '--server-version <version>',
      'version of the web server; without it the form for all versions is used',
    )
    .option('--openssl <version>', 'version of OpenSSL that the web server runs with')
    .addOption(
      new Option('-l, --layout <name>', 'distribution whose paths are used')
        .choices(LayoutId.options)
        .default('debian'),
    )
    .option(
      '-o, --out <directory>',
      'write each file at its place below this directory; otherwise they are printed',
    )
    .action(async (files: string[], options: Omit<RenderOptions, 'files'>) => {
      await renderFiles({ ...options, files });
    });
}
