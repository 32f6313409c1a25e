import { describe, expect, test } from 'vitest';
import { folderGraph, importsUp, orderOf } from './architecture/folder-graph';
import { moduleGraph } from './architecture/module-graph';
import { isTest, modules } from './architecture/source-files';

const files = modules.filter((path) => !isTest(path));
const graph = moduleGraph(files);

describe('order of folders', () => {
  test.each(['lib/api', 'lib/queries', 'cli', 'scripts'])(
    'no folders of %s name each other in a circle',
    (zone) => {
      const folders = folderGraph(graph, zone);
      expect(importsUp(folders, orderOf(folders))).toEqual([]);
    },
  );

  test.each([
    ["import { shutDown } from '#server/process/shut-down';\nconsole.log(shutDown);", 'process/shut-down'],
    [
      "import type { ProbedSite } from '../probes/probed-site';\nexport type A = ProbedSite;",
      'probes/probed-site',
    ],
    ["export type A = typeof import('../probes/probe-site');", 'probes/probe-site'],
    ["export * from './../probes/probe-site';", 'probes/probe-site'],
    ["await import('#server/probes/probe-site');", 'probes/probe-site'],
  ])('a way up is seen however it is spelled: %s', (text, target) => {
    const path = 'lib/server/errors/planted.ts';
    const server = folderGraph(moduleGraph([], { [path]: text }), 'lib/server');
    expect(importsUp(server, ['errors'])).toEqual([`${path} → lib/server/${target}.ts`]);
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
