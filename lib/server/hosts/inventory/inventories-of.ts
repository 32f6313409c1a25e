import 'server-only';
import { readInventory } from '#core/inventory/read-inventory';
import type { SourceTree } from '#core/inventory/source-tree';
import type { EffectiveConfig } from '#server/hosts/helper/host';
import { type KeptInventory, readSources } from './kept-inventory';

/** What a host told of one server's configuration, as a tree to read. `modules`: those that Apache has loaded. */
export function treeOf(
  { told, variables, files, unread }: EffectiveConfig,
  modules: readonly string[] | null,
): SourceTree {
  return {
    main: told.mainConfig,
    base: told.base ?? '/',
    files: new Map(files.map((file) => [file.path, file])),
    unread,
    variables,
    defines: told.defines,
    modules: modules && modules.length > 0 ? modules : null,
  };
}

/** What each of these servers serves. */
export function inventoriesOf(
  configs: readonly EffectiveConfig[],
  servers: readonly { readonly server: string; readonly modules: readonly string[] }[],
): KeptInventory[] {
  return configs.map((config) => {
    const { server, running } = config.told;
    const modules = servers.find((each) => each.server === server)?.modules ?? null;
    return { ...readInventory(server, running, treeOf(config, modules)), ...readSources(config) };
  });
}
