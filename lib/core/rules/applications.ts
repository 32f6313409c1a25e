import type { Issue } from '../issue';
import { presets } from '../presets';
import type { Preset } from '../presets/preset';
import { publicPath, publicPrefix } from '../site/public-url';
import { error, type Rule } from './rule';

/** Further applications can be told apart, live below prefixes of their own, and can live there. */
export const applications: Rule = (site) => {
  const taken = [{ path: publicPrefix(site.prefix), what: 'the first application' }];
  return site.applications.flatMap(({ name, preset: id, prefix }, index) => {
    const at = ['applications', index];
    const issues: Issue[] = [];
    const say = (code: string, path: Issue['path'], message: string, hint?: string) =>
      issues.push(error(code, [...at, ...path], message, hint));
    if (site.applications.findIndex((other) => other.name === name) < index)
      say('site.application-twice', ['name'], `there is another application “${name}”`);
    const preset: Preset = presets[id];
    if (!preset.prefix.modes.includes(prefix.mode)) {
      say(
        'site.application-mode',
        ['prefix', 'mode'],
        `${preset.title} cannot be served with prefix mode “${prefix.mode}”`,
        `It can: ${preset.prefix.modes.join(', ')}.`,
      );
    }
    if (prefix.mode === 'fixed' && preset.prefix.fixed !== undefined && prefix.path !== preset.prefix.fixed)
      say(
        'site.application-fixed',
        ['prefix', 'path'],
        `${preset.title} always lives below ${preset.prefix.fixed}`,
      );
    const own = [prefix.path, ...(prefix.mode === 'strip' ? prefix.unstrippedPaths : [])];
    for (const [place, path] of own.entries()) {
      const field = place === 0 ? ['prefix', 'path'] : ['prefix', 'unstrippedPaths', place - 1];
      // The first application may be at the root: the further ones are cut out of it.
      const other = taken.find((each) =>
        path.startsWith(each.path) ? each.path !== '/' || path === '/' : each.path.startsWith(path),
      );
      if (other) say('site.application-prefix', field, `${path} and ${other.path} of ${other.what} overlap`);
    }
    taken.push(...own.map((path) => ({ path, what: `application “${name}”` })));
    const clash = site.locations.findIndex(
      ({ match }) =>
        (match.kind === 'exact' || match.kind === 'prefix') &&
        publicPath(site.prefix, match.path).startsWith(prefix.path),
    );
    if (clash >= 0) {
      issues.push(
        error(
          'site.application-location',
          ['locations', clash, 'match', 'path'],
          `lies below ${prefix.path}, which belongs to application “${name}”`,
          'Give that application the rule.',
        ),
      );
    }
    return issues;
  });
};
