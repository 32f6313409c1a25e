import { readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { contract, operations } from '#api/contract/index';
import { rules } from '#core/rules/index';
import { webServers } from '#core/servers/index';
import { presetIds } from '#core/site/preset-titles';
import { type ImportGraph, importersOf, importGraph } from './architecture/import-graph';
import { allFiles, filesBelow, isTest, modules, root, sources, textOf } from './architecture/source-files';

/** What a file imports, static or dynamic; imports of types alone are marked, since they are gone when it runs. */
function importsOf(path: string): { from: string; typeOnly: boolean }[] {
  const found = textOf(path).matchAll(
    /^(?:import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\(\s*'([^']+)'/gm,
  );
  return [...found].map((match) => ({
    from: match[2] ?? match[3] ?? match[4] ?? '',
    typeOnly: match[1] !== undefined,
  }));
}

/** The folder of ours that an import leads to, or the name of the package. */
function zoneOf(path: string, from: string): string {
  const alias = /^#(core|api|queries|server|components|lab)\//.exec(from)?.[1];
  if (alias) return alias === 'components' ? 'components' : alias === 'lab' ? 'e2e' : `lib/${alias}`;
  if (!from.startsWith('.')) return from.startsWith('node:') ? 'node' : from;
  const target = join(dirname(path), from).split(sep).join('/');
  return /^(lib\/[a-z]+|[a-z0-9]+)/.exec(target)?.[1] ?? target;
}

describe('the contract and the routes', () => {
  const routes = filesBelow('app/api').filter((path) => basename(path) === 'route.ts');
  const line =
    /^export const (GET|POST|PUT|PATCH|DELETE) = route\(contract\.([a-z]+)\.([A-Za-z]+), ([A-Za-z]+)\);$/;
  const undescribed = [
    'app/api/[...path]/route.ts',
    'app/api/health/route.ts',
    'app/api/metrics/route.ts',
    'app/api/v1/openapi.json/route.ts',
  ];
  const groups: Readonly<Record<string, Readonly<Record<string, (typeof operations)[number]>>>> = contract;

  test('every operation has exactly one route, at its path and method, and there are no others', () => {
    const served = routes
      .filter((path) => !undescribed.includes(path))
      .flatMap((path) =>
        textOf(path)
          .split('\n')
          .map((text) => line.exec(text))
          .filter((match) => match !== null)
          .map(([, method, group = '', name = '']) => {
            const operation = groups[group]?.[name];
            const url = dirname(path)
              .replace(/^app/, '')
              .replace(/\[(\w+)\]/g, '{$1}');
            return `${method} ${url} = ${operation?.method} ${operation?.path} ${operation?.id}`;
          }),
      );
    const described = operations.map(({ method, path, id }) => `${method} ${path} = ${method} ${path} ${id}`);
    expect(served.sort()).toEqual(described.sort());
  });

  test.each(routes.filter((path) => !undescribed.includes(path)))(
    '%s holds imports and routes, nothing else',
    (path) => {
      const lines = textOf(path).trim().split('\n').filter(Boolean);
      const odd = lines.filter(
        (text) =>
          !line.test(text) && !/^import \{ [A-Za-z]+ \} from '#(?:api|server)\/[a-z/-]+';$/.test(text),
      );
      expect(odd).toEqual([]);
    },
  );

  test('ids are those of the contract’s groups, and unique', () => {
    const named = Object.entries(groups).flatMap(([group, each]) =>
      Object.keys(each).map((name) => `${group}.${name}`),
    );
    expect(operations.map(({ id }) => id).sort()).toEqual(named.sort());
    expect(new Set(named).size).toBe(named.length);
  });

  test.each(operations.map((operation) => [operation.id, operation] as const))(
    '%s: a change leaves a record, a look leaves none',
    (_, { method, audit }) => {
      if (method === 'GET') expect(audit).toBeNull();
      else expect(audit).toMatch(/^[a-z]+\.[a-z-]+$/);
    },
  );
});

describe('registries and folders', () => {
  const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const moduleNames = (folder: string, not: string[]) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => name.replace('.ts', ''))
      .filter((name) => !not.includes(name));

  test('every preset is one file and one line of the list', () => {
    expect(
      moduleNames('lib/core/presets', ['index', 'preset', 'app-version', 'default-site', 'probe-spec']),
    ).toEqual([...presetIds].sort());
  });

  test('every web server is one folder and one entry', () => {
    const folders = readdirSync(join(root, 'lib/core/servers'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== 'conformance')
      .map(({ name }) => name);
    expect(Object.keys(webServers).sort()).toEqual(folders.sort());
  });

  test('every rule of the site document is one file and one entry', () => {
    expect(Object.keys(rules).map(kebab).sort()).toEqual(
      moduleNames('lib/core/rules', ['index', 'rule', 'check-site', 'parse-site']).sort(),
    );
  });
});

describe('who may import what', () => {
  const allowed: Record<string, (zone: string, path: string) => boolean> = {
    'lib/core': (zone) => ['lib/core', 'zod'].includes(zone) || zone.startsWith('@noble/hashes/'),
    'lib/api': (zone) => ['lib/core', 'lib/api', 'zod', 'zod-openapi'].includes(zone),
    'lib/queries': (zone) =>
      ['lib/core', 'lib/api', 'lib/queries', '@tanstack/react-query', 'react', 'zod'].includes(zone),
    'lib/server': (zone) =>
      !['lib/queries', 'components', 'app', 'cli', 'e2e', 'react', 'next'].includes(zone),
    components: (zone) => !['lib/server', 'lib/generated', 'app', 'cli', 'e2e', 'node'].includes(zone),
    app: (zone, path) =>
      basename(path) === 'route.ts'
        ? ['lib/api', 'lib/server'].includes(zone)
        : !['lib/generated', 'cli', 'e2e', 'node'].includes(zone),
    cli: (zone) => !['lib/queries', 'lib/generated', 'components', 'app', 'e2e'].includes(zone),
  };

  test.each(Object.keys(allowed))('%s', (zone) => {
    const wrong = sources
      .filter((path) => path.startsWith(`${zone}/`) && !isTest(path))
      .flatMap((path) =>
        importsOf(path)
          .filter(({ from, typeOnly }) => !typeOnly && !allowed[zone]?.(zoneOf(path, from), path))
          .map(({ from }) => `${path} → ${from}`),
      );
    expect(wrong).toEqual([]);
  });

  test('code of the server cannot get into a browser’s bundle', () => {
    const open = sources.filter(
      (path) =>
        path.startsWith('lib/server/') && !isTest(path) && !textOf(path).startsWith("import 'server-only';"),
    );
    expect(open).toEqual([]);
  });

  describe('class "second door" (CVE-2026-33032)', () => {
    /** Who may import a module, by the start of a path; tests may import each. */
    const may: Readonly<Record<string, readonly string[]>> = {
      // What records for itself, or has no person to record.
      'lib/server/platform/database/write.ts': [
        'lib/server/changes/applies/',
        'lib/server/door/auth/auth-store.ts',
        // Each attempt at a certificate is recorded as it ends; what is written on the way is how far it got.
        'lib/server/certificates/certificate-row.ts',
        'lib/server/certificates/issuer-client.ts',
        'lib/server/certificates/record-failure.ts',
        'lib/server/certificates/record-issued.ts',
        'lib/server/door/',
        'lib/server/changes/drift/record-drift.ts',
        // Its use case records how far it got, whatever happened to it.
        'lib/server/hosts/change-key.ts',
        'lib/server/hosts/record-seen-key.ts',
        'lib/server/platform/jobs/',
        'lib/server/messages/notify/record-try.ts',
        'lib/server/changes/probes/watch-certificates.ts',
        'lib/server/changes/probes/',
        'lib/server/platform/secrets/rotate-key.ts',
        'lib/server/identity/people/reset-locally.ts',
        'lib/server/identity/setup/set-up-locally.ts',
        'lib/server/identity/setup/setup-token.ts',
        // When a link was opened last.
        'lib/server/sites/shared/open-link.ts',
        'lib/server/identity/tokens/create-token-locally.ts',
        // Fill and try a database of their own.
        'scripts/load/',
      ],
      'lib/server/platform/database/team-write.ts': [
        'lib/server/door/make-change.ts',
        // What people asked for takes effect when its time has come; it writes its own record.
        'lib/server/changes/lowerings/lower-due.ts',
      ],
      // Over all teams in SQL, where no client narrows a query.
      'lib/server/platform/database/read-door-rows.ts': [
        'lib/server/door/access/',
        'lib/server/door/',
        // The record of all teams is one.
        'lib/server/operation/activity/verify-chain.ts',
      ],
      'lib/server/platform/database/transact.ts': [
        'lib/server/platform/database/',
        'lib/server/platform/database/db.ts',
      ],
      'lib/server/platform/database/connections.ts': [
        'lib/server/platform/database/',
        'lib/server/platform/database/db.ts',
      ],
    };
    const trespassers = (graph: ImportGraph) =>
      Object.entries(may).flatMap(([module, starts]) =>
        importersOf(graph, [module]).filter(
          (path) => !isTest(path) && !starts.some((start) => path.startsWith(start)),
        ),
      );

    test('only these modules open a transaction, or read over all teams', async () => {
      const graph = await importGraph(modules);
      expect(trespassers(graph)).toEqual([]);
      for (const module of Object.keys(may)) expect(graph.has(module), module).toBe(true);
    });

    test.each([
      "import { write } from '../platform/database/write';\nwrite(async () => 1);",
      "import * as store from '../platform/database/write';\nconsole.log(store);",
      "export { write as read } from '#server/platform/database/write';",
      "export * from '../../server/platform/database/transact';",
      "console.log(await import('#server/platform/database/team-write'));",
      "import './../platform/database/connections';",
    ])('a second door is seen however it is spelled: %s', async (text) => {
      const path = 'lib/server/sites/planted.ts';
      expect(trespassers(await importGraph([], { path, text }))).toContain(path);
    });

    test('nothing else connects to the database for the product: the client is made in one module', () => {
      const openers = sources.filter((path) => !isTest(path) && /\bnew PrismaClient\b/.test(textOf(path)));
      expect(openers).toEqual(['lib/server/platform/database/connections.ts']);
    });
  });

  test('core holds no module that tests alone import', async () => {
    const graph = await importGraph(modules.filter((path) => !isTest(path)));
    const used = new Set([...graph.values()].flat());
    // Of types, and of schemas for the sake of their types, nothing is left when the product runs.
    const unused = modules.filter(
      (path) =>
        path.startsWith('lib/core/') &&
        !isTest(path) &&
        !used.has(path) &&
        /^export (?:function|const [a-z])/m.test(textOf(path)),
    );
    // The words of the screens, against which the guide's table is held.
    expect(unused).toEqual(['lib/core/state/glossary.ts']);
  });

  test('nothing but the door serves HTTP: no server actions, no other handlers', () => {
    expect(sources.filter((path) => !isTest(path) && /^\s*['"]use server['"]/m.test(textOf(path)))).toEqual(
      [],
    );
    expect(
      allFiles.filter((path) => /^(?:app|pages)\/.*\/?route\.(?:js|tsx|jsx)$|^pages\//.test(path)),
    ).toEqual([]);
  });
});

describe('how files look', () => {
  test('no file is longer than 350 lines', () => {
    const long = allFiles
      .filter(
        (path) => /\.(?:tsx?|mjs|sh|css)$/.test(path) && !isTest(path) && !path.startsWith('components/ui/'),
      )
      .map((path) => [path, textOf(path).trimEnd().split('\n').length] as const)
      .filter(([, lines]) => lines > 350);
    expect(long).toEqual([]);
  });

  test('names are kebab-case and say something', () => {
    const odd = sources.filter((path) => {
      const name = basename(path).replace(/(?:\.[a-z]+)+$/, '');
      return !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(name) || /^(?:utils?|helpers|common|misc)$/.test(name);
    });
    expect(odd.filter((path) => !path.startsWith('prisma/migrations/'))).toEqual([]);
  });

  test('nothing is left undone, switched off or kept from the linter', () => {
    // Put together here, so that this file does not find itself.
    const words = [
      'TO' + 'DO',
      'FIX' + 'ME',
      '@ts-' + 'ignore',
      '@ts-' + 'nocheck',
      'biome-' + 'ignore',
      'eslint-' + 'disable',
    ];
    const calls = /\b(?:test|it|describe)\.(?:only|skip|todo)\(/;
    const left = sources.filter(
      (path) =>
        words.some((word) => textOf(path).includes(word)) ||
        (path.endsWith('.test.ts') && calls.test(textOf(path))),
    );
    expect(left).toEqual([]);
  });
});
