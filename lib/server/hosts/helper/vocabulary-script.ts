import 'server-only';
import { webServers } from '#core/servers/index';
import { vocabularyLines } from '#core/servers/vocabulary';
import { LayoutId, ServerKind } from '#core/web-server/render-target';

/** The part of the helper that is made from the generator: what its files may say, and the lines that make a web server read them. */
export function vocabularyScript(): string {
  return [
    '\n# Made from the tables of the generator.',
    choice('vocabulary', (server) => vocabularyLines(webServers[server].vocabulary)),
    choice('include_lines', includeLines),
  ].join('\n');
}

function choice(name: string, lines: (server: ServerKind) => readonly string[]): string {
  const cases = ServerKind.options.map((server) => {
    const text = lines(server).join('\n');
    if (text.includes("'")) throw new RangeError(`${name} of ${server} holds a quote`);
    return `    ${server}) printf '%s\\n' '${text}' ;;\n`;
  });
  return `${name}() {\n  case $1 in\n${cases.join('')}  esac\n}\n`;
}

function includeLines(server: ServerKind): readonly string[] {
  const lines = LayoutId.options.flatMap((layout) =>
    webServers[server]
      .renderShared(
        { upgradeMap: false, logFormats: [], extraPorts: [] },
        { server, version: null, openssl: null, layout, modules: null },
      )
      .includes.flatMap(({ path, line }) => (path.startsWith('/etc/') ? [line] : [])),
  );
  return [...new Set(lines)];
}
