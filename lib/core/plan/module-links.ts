import type { Issue } from '../issue';
import type { RenderTarget } from '../web-server/render-target';
import type { AppliedFile } from './applied-file';
import type { DesiredEntry } from './desired';

/** A module that is installed but not switched on (Debian's `mods-available`). */
export interface AvailableModule {
  readonly name: string;
  /** Modules that must be on before it. */
  readonly needs: readonly string[];
  /** Whether it has a `.conf` beside its `.load`. */
  readonly config: boolean;
}

const enabledDirectory = '/etc/apache2/mods-enabled';

/**
 * The modules that the files need and the web server has not loaded: as links to be made where the distribution switches modules
 * on that way, else as issues. Links of ours stay wanted for as long as a site needs their module.
 */
export function moduleLinks(
  needed: readonly string[],
  target: RenderTarget,
  available: readonly AvailableModule[],
  applied: readonly AppliedFile[],
): { entries: DesiredEntry[]; issues: Issue[] } {
  if (target.modules === null) return { entries: [], issues: [] };
  const loaded = new Set(target.modules);
  const offers = new Map(available.map((module) => [module.name, module]));
  const own = new Map(applied.map((file) => [file.document.path, file]));
  const entries = new Map<string, DesiredEntry>();
  const issues: Issue[] = [];
  const link = (name: string, suffix: 'load' | 'conf') => {
    const path = `${enabledDirectory}/${name}.${suffix}`;
    entries.set(path, {
      file: { kind: 'link', path, target: `../mods-available/${name}.${suffix}` },
      role: 'enable',
      site: null,
    });
  };
  const visited = new Set<string>();
  const visit = (name: string) => {
    if (visited.has(name)) return;
    visited.add(name);
    const offer = offers.get(name);
    for (const need of offer?.needs ?? []) visit(need);
    if (loaded.has(name)) {
      for (const suffix of ['load', 'conf'] as const) {
        if (own.has(`${enabledDirectory}/${name}.${suffix}`)) link(name, suffix);
      }
    } else if (offer) {
      link(name, 'load');
      if (offer.config) link(name, 'conf');
    } else {
      issues.push(missing(name, target));
    }
  };
  for (const name of needed) visit(name);
  return { entries: [...entries.values()], issues };
}

function missing(name: string, target: RenderTarget): Issue {
  return {
    code: 'host.module-missing',
    severity: 'error',
    path: [],
    message: `${target.server} on this host lacks the module ${name}, which these files need.`,
    hint: `Install the package that brings ${name}, then plan again.`,
  };
}
