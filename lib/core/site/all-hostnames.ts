import type { Issue } from '../issue';
import type { Site } from './schema';

export interface NamedField {
  readonly name: string;
  readonly path: Issue['path'];
}

/** Every name that a site answers to, each with the field that holds it: its own, those of extra hosts, and aliases. */
export function allHostnames(site: Site): readonly NamedField[] {
  const fields = (names: readonly string[], path: Issue['path']) =>
    names.map((name, index) => ({ name, path: [...path, index] }));
  return [
    ...fields(site.hostnames, ['hostnames']),
    ...site.extraHosts.flatMap((extra, index) => fields(extra.hostnames, ['extraHosts', index, 'hostnames'])),
    ...fields(site.aliases.hostnames, ['aliases', 'hostnames']),
    ...fields(site.aliases.plainHostnames, ['aliases', 'plainHostnames']),
  ];
}
