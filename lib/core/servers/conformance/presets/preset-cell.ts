import { type PresetId, presetIds, presets } from '../../../presets';
import type { PrefixMode, Preset } from '../../../presets/preset';
import { defaultSite } from '../../../site/default-site';
import type { Prefix, SiteInput } from '../../../site/schema';

/** One way to run one CI server: a prefix mode that its preset names, or everything the preset offers beside the site itself. */
export interface PresetCell {
  readonly preset: Preset;
  readonly mode: PrefixMode | 'extras';
  readonly site: SiteInput;
  /** The same site with a sign-in at the proxy. */
  readonly signedIn: SiteInput;
}

export interface CellPlaces {
  readonly http: number;
  readonly https: number;
  /** Port of an application that speaks HTTP/1.1, and of one that speaks HTTP/2 in clear text. */
  readonly app: number;
  readonly http2: number;
  readonly certificate: string;
  readonly key: string;
  readonly usersFile: string;
}

/** All cells of all presets, so that a new preset is in the matrix by being in the list. */
export function presetCells(places: CellPlaces): PresetCell[] {
  return presetIds.flatMap((id) => {
    const preset: Preset = presets[id];
    const modes: PresetCell['mode'][] = [
      ...preset.prefix.modes,
      ...(hasExtras(preset) ? ['extras' as const] : []),
    ];
    return modes.map((mode) => makeCell(id, preset, mode, places));
  });
}

const hasExtras = ({ suggestions, extraUpstreams, extraHosts }: Preset) =>
  [suggestions, extraUpstreams, extraHosts].some((offers) => (offers?.length ?? 0) > 0);

function makeCell(id: PresetId, preset: Preset, mode: PresetCell['mode'], places: CellPlaces): PresetCell {
  const name = `${id}-${mode}`;
  const server = (port: number) => [{ address: '127.0.0.1', port }];
  const site: SiteInput = {
    ...defaultSite(id, name, `${name}.example.com`),
    prefix: mode === 'extras' ? defaultSite(id, name, name).prefix : prefixOf(preset, mode),
    tls: { mode: 'files', certificate: places.certificate, key: places.key },
    httpPort: places.http,
    httpsPort: places.https,
    upstreams: [
      { servers: server(places.app) },
      ...(mode === 'extras' ? (preset.extraUpstreams ?? []) : []).map(({ name: upstream, scheme }) =>
        scheme === 'h2c' || scheme === 'h2'
          ? { name: upstream, scheme: 'h2c' as const, servers: server(places.http2) }
          : { name: upstream, servers: server(places.app) },
      ),
    ],
    ...(mode === 'extras' ? extras(preset, name) : {}),
  };
  return {
    preset,
    mode,
    site,
    signedIn: {
      ...site,
      name: `${name}-in`,
      hostnames: [`in-${name}.example.com`],
      extraHosts: [],
      access: { auth: { mode: 'basic', realm: 'CI', usersFile: places.usersFile } },
    },
  };
}

function prefixOf(preset: Preset, mode: PrefixMode): Prefix {
  const path = preset.prefix.suggestion ?? '/ci/';
  switch (mode) {
    case 'none':
      return { mode };
    case 'fixed':
      return { mode, path: preset.prefix.fixed ?? path };
    case 'strip':
      return { mode, path, unstrippedPaths: [...(preset.unstrippedPaths ?? [])] };
    case 'rewrite':
      return { mode, rules: [{ from: '/', to: path }] };
    default:
      return { mode, path };
  }
}

function extras(preset: Preset, name: string): Pick<SiteInput, 'locations' | 'extraHosts'> {
  return {
    locations: (preset.suggestions ?? []).map(({ why: _, ...location }) => location),
    extraHosts: (preset.extraHosts ?? []).map(({ why: _, ...extra }) => ({
      ...extra,
      upstream: extra.upstream ?? 'main',
      hostnames: [`${extra.purpose}.${name}.example.com`],
    })),
  };
}
