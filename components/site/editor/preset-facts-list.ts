import type { Preset } from '#core/presets/preset';
import { formatMatch } from '../format-match';
import { withoutTitle } from './preset-offers';

export interface PresetFact {
  readonly why: string;
  /** What the reason is about, as it would be written: paths, headers, ports. */
  readonly about: readonly string[];
}

export interface PresetFactGroup {
  readonly title: string;
  readonly facts: readonly PresetFact[];
}

type Reasoned = { readonly why: string; readonly about?: string };

const exposures = { close: 'for the proxy alone', agents: 'past the proxy, from the agents’ networks' };

/** Everything a preset decides or offers, each with its reason; what has the same reason is grouped. */
export function presetFacts(preset: Preset): readonly PresetFactGroup[] {
  const { cookies, limits, locations, ports } = preset;
  const groups: readonly { title: string; facts: readonly (Reasoned | undefined)[] }[] = [
    {
      title: 'Paths',
      facts: [
        ...locations.map(({ match, why }) => ({ why, about: formatMatch(match) })),
        ...(preset.unstrippedPaths ?? []).map((path) => ({
          why: 'stays at the root where the site’s prefix is taken off',
          about: `${path}…`,
        })),
        preset.rawUri,
        preset.upgradeAnywhere ? { why: 'WebSockets may come on any path' } : undefined,
      ],
    },
    { title: 'Times and sizes', facts: [...Object.values(limits), preset.spoolToDisk] },
    {
      title: 'Headers and cookies',
      facts: [
        ...preset.requestHeaders.map(({ rule, why }) => ({ why, about: rule.name })),
        ...preset.guardedHeaders.map(({ name, why }) => ({ why, about: name })),
        preset.userHeader && { why: preset.userHeader.why, about: preset.userHeader.name },
        { ...preset.authorization, about: 'Authorization' },
        cookies.secure,
        cookies.httpOnly,
        cookies.sameSite,
        cookies.rewritePath,
      ],
    },
    {
      title: 'Ports beside the proxy',
      facts: ports.map(({ port, protocol, purpose, exposure }) => ({
        why: `${purpose}: ${exposures[exposure]}`,
        about: `${port}/${protocol}`,
      })),
    },
    {
      title: 'Offered, never added by itself',
      facts: [
        ...(preset.extraHosts ?? []).map(({ purpose, why }) => ({ why, about: `${purpose}.…` })),
        ...(preset.suggestions ?? []).map(({ match, why }) => ({ why, about: formatMatch(match) })),
        ...(preset.extraUpstreams ?? []).map(({ scheme, port, why }) => ({
          why,
          about: `${scheme} to ${port}`,
        })),
      ],
    },
  ];
  return groups
    .map(({ title, facts }) => ({ title, facts: together(preset, facts) }))
    .filter(({ facts }) => facts.length > 0);
}

function together(preset: Preset, facts: readonly (Reasoned | undefined)[]): readonly PresetFact[] {
  const byReason = new Map<string, string[]>();
  for (const fact of facts) {
    if (!fact) continue;
    const why = withoutTitle(preset, fact.why);
    byReason.set(why, [...(byReason.get(why) ?? []), ...(fact.about === undefined ? [] : [fact.about])]);
  }
  return [...byReason].map(([why, about]) => ({ why, about }));
}
