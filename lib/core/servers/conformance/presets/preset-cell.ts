import { type PresetId, presetIds, presets } from '../../../presets';
import { defaultSite } from '../../../presets/default-site';
import type { PrefixMode, Preset } from '../../../presets/preset';
import type { Prefix, SiteInput } from '../../../site/schema';

/** The prefix modes, and everything that presets offer beside the site itself. */
export const cellModes = [
  'none',
  'fixed',
  'keep',
  'strip',
  'add',
  'rewrite',
  'extras',
] as const satisfies readonly (PrefixMode | 'extras')[];
export type CellMode = (typeof cellModes)[number];

/** One way to run one CI server. */
export interface PresetCell {
  readonly preset: Preset;
  readonly mode: CellMode;
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
  readonly access: 'default' | 'json';
}

export const cellName = (id: PresetId, mode: CellMode) => `${id}-${mode}`;

const idsWith = (mode: CellMode) =>
  presetIds.filter((id) => {
    const preset: Preset = presets[id];
    if (mode !== 'extras') return preset.prefix.modes.includes(mode);
    const { suggestions, extraUpstreams, extraHosts } = preset;
    return [suggestions, extraUpstreams, extraHosts].some((offers) => (offers?.length ?? 0) > 0);
  });

/** Names of all cells of a mode, so that a new preset is in the matrix by being in the list. */
export const cellNames = (mode: CellMode): string[] => idsWith(mode).map((id) => cellName(id, mode));

export const presetCells = (mode: CellMode, places: CellPlaces): PresetCell[] =>
  idsWith(mode).map((id) => makeCell(id, presets[id], mode, places));

function makeCell(id: PresetId, preset: Preset, mode: CellMode, places: CellPlaces): PresetCell {
  const name = cellName(id, mode);
  const server = (port: number) => [{ address: '127.0.0.1', port }];
  const site: SiteInput = {
    ...defaultSite(id, name, `${name}.example.com`),
    prefix: mode === 'extras' ? defaultSite(id, name, name).prefix : prefixOf(preset, mode),
    tls: { mode: 'files', certificate: places.certificate, key: places.key },
    httpPort: places.http,
    httpsPort: places.https,
    logs: { access: places.access },
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
    extraHosts: (preset.extraHosts ?? []).map(({ why: _, wildcard, ...extra }) => {
      const host = `${extra.purpose}.${name}.example.com`;
      return {
        ...extra,
        upstream: extra.upstream ?? 'main',
        hostnames: wildcard ? [host, `*.${host}`] : [host],
      };
    }),
  };
}
