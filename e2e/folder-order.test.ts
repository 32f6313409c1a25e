import { describe, expect, test } from 'vitest';
import { folderGraph, importsUp, orderOf } from './architecture/folder-graph';
import { moduleGraph } from './architecture/module-graph';
import { isTest, modules } from './architecture/source-files';

const files = modules.filter((path) => !isTest(path));
const graph = moduleGraph(files);

/** The domains of the server, lowest first: each may name those before it, of values and of types (docs/architecture.md). */
const domains = [
  'platform',
  'door',
  'messages',
  'identity',
  'hosts',
  'sites',
  'certificates',
  'changes',
  'operation',
];

describe('order of folders', () => {
  test('the domains of the server build on each other in one direction', () => {
    const server = folderGraph(graph, 'lib/server');
    expect([...server.keys()].sort()).toEqual([...domains].sort());
    expect(importsUp(server, domains)).toEqual([]);
  });

  test.each(['components', 'lib/core', 'lib/api', 'lib/queries', 'cli', 'scripts'])(
    'no folders of %s name each other in a circle',
    (zone) => {
      const folders = folderGraph(graph, zone);
      expect(importsUp(folders, orderOf(folders))).toEqual([]);
    },
  );

  test.each([
    [
      "import { shutDown } from '#server/operation/process/shut-down';\nconsole.log(shutDown);",
      'operation/process/shut-down',
    ],
    [
      "import type { ProbedSite } from '../changes/probes/probed-site';\nexport type A = ProbedSite;",
      'changes/probes/probed-site',
    ],
    ["export type A = typeof import('../changes/probes/probe-site');", 'changes/probes/probe-site'],
    ["export * from './../changes/probes/probe-site';", 'changes/probes/probe-site'],
    ["await import('#server/changes/probes/probe-site');", 'changes/probes/probe-site'],
  ])('a way up is seen however it is spelled: %s', (text, target) => {
    const path = 'lib/server/hosts/planted.ts';
    const server = folderGraph(moduleGraph([], { [path]: text }), 'lib/server');
    expect(importsUp(server, domains)).toEqual([`${path} → lib/server/${target}.ts`]);
  });

  test('a circle of folders is seen', () => {
    const folders = folderGraph(
      moduleGraph(files, {
        'lib/api/openapi/planted.ts': "export type { operations } from '../contract/index';",
        'lib/api/contract/planted.ts': "export type * from '../openapi/components';",
      }),
      'lib/api',
    );
    expect(importsUp(folders, orderOf(folders))).not.toEqual([]);
  });
});
