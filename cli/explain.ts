import { type Command, Option } from 'commander';
import { contract } from '#api/contract/index';
import { explainRequest } from '#core/explain/explain-request';
import { readRequest } from '#core/explain/request';
import { resolve } from '#core/resolve/resolve';
import type { Site } from '#core/site/schema';
import { ServerKind } from '#core/web-server/render-target';
import { type ApiOptions, apiCommand, connect, settingsHelp } from './api/connection';
import { allSites } from './api/find-sites';
import { CommandError, exitCode } from './exit-code';
import { explanationText } from './explanation-text';
import { issueLine } from './issue-line';
import { readSite } from './read-site';

interface ExplainOptions extends ApiOptions {
  readonly method: string;
  readonly header: readonly string[];
  readonly server: ServerKind;
}

async function explain(address: string, files: readonly string[], options: ExplainOptions): Promise<void> {
  const request = readRequest({ address, method: options.method, headers: options.header });
  if (!request.ok) throw new CommandError(request.error.map(issueLine).join('\n'), exitCode.usage);
  const { hostname } = request.value;
  const sites =
    files.length > 0 ? await Promise.all(files.map(readSite)) : await sitesNamed(hostname, options);
  const told = sites.map((site) => ({
    site: site.name,
    ...explainRequest(resolve(site), request.value, options.server),
  }));
  const shown = told.find(({ vhost }) => vhost !== null) ?? told[0];
  if (shown === undefined) {
    throw new CommandError(
      `No site of the team has the name ${hostname}.\nnext: gatehouse sites list shows all of them.`,
    );
  }
  console.log(options.json ? JSON.stringify(shown, null, 2) : explanationText(shown));
  if (shown.vhost === null) process.exitCode = exitCode.refused;
}

/** The documents of the team's sites that have a name: itself, or the wildcard above it. */
async function sitesNamed(hostname: string, options: ApiOptions): Promise<Site[]> {
  const connection = await connect(options);
  const wildcard = `*.${hostname.split('.').slice(1).join('.')}`;
  const found = (await allSites(connection)).filter(({ hostnames }) =>
    hostnames.some((name) => name === hostname || name === wildcard),
  );
  return Promise.all(
    found.map(async ({ id }) => {
      const params = { team: connection.team, id };
      return (await connection.call(contract.sites.get, { params })).document;
    }),
  );
}

const collect = (value: string, before: readonly string[]) => [...before, value];

/** `gatehouse explain`: which block and rule answer a request, and why; nothing is sent to any host. */
export const explainCommand = (): Command =>
  apiCommand('explain')
    .description(
      'say which block and rule answer a request, and each header that is sent on, with its reason',
    )
    .argument('<url>', 'address that a client asks for')
    .argument('[files...]', 'site documents (YAML or JSON); without them the team’s sites are asked')
    .option('-X, --method <method>', 'method of the request', 'GET')
    .option('-H, --header <line>', 'header that the client sends; may be given again', collect, [])
    .addOption(new Option('-s, --server <kind>', 'web server').choices(ServerKind.options).default('nginx'))
    .addHelpText(
      'after',
      `${settingsHelp}

With files neither token nor dashboard is needed. Ends with 1 where no block takes the request.

Examples:
  gatehouse explain https://ci.example.com/github-webhook/ --method POST
  gatehouse explain https://ci.example.com/ jenkins.yaml --server caddy -H 'X-Forwarded-For: 203.0.113.9'`,
    )
    .action(explain);
