import type { ModuleGraph } from './module-graph';

/** Folders, each with those that its files name: the files that do, as `a → b`. */
export type FolderGraph = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** The folders right below `zone`. A file right in `zone` counts as a folder of its own. */
export function folderGraph(modules: ModuleGraph, zone: string): FolderGraph {
  const folderOf = (path: string) =>
    path.startsWith(`${zone}/`) ? path.slice(zone.length + 1).split('/')[0] : undefined;
  const graph = new Map<string, Map<string, string[]>>();
  for (const [path, targets] of modules) {
    const from = folderOf(path);
    if (from === undefined) continue;
    const arrows = graph.get(from) ?? new Map<string, string[]>();
    graph.set(from, arrows);
    for (const target of targets) {
      const to = folderOf(target);
      if (to === undefined || to === from) continue;
      arrows.set(to, [...(arrows.get(to) ?? []), `${path} → ${target}`]);
    }
  }
  return graph;
}

/** The imports that lead up in an order of folders, lowest first. A folder that the order does not name is above all. */
export function importsUp(graph: FolderGraph, order: readonly string[]): string[] {
  const height = (folder: string) => (order.includes(folder) ? order.indexOf(folder) : order.length);
  return [...graph].flatMap(([from, arrows]) =>
    [...arrows].flatMap(([to, imports]) => (height(to) > height(from) ? imports : [])),
  );
}

/** Each folder after those that it names. Where folders name each other in a circle there is no such order, and some imports lead up. */
export function orderOf(graph: FolderGraph): string[] {
  const order: string[] = [];
  const visited = new Set<string>();
  const visit = (folder: string) => {
    if (visited.has(folder)) return;
    visited.add(folder);
    for (const next of [...(graph.get(folder)?.keys() ?? [])].sort()) visit(next);
    order.push(folder);
  };
  for (const folder of [...graph.keys()].sort()) visit(folder);
  return order;
}
