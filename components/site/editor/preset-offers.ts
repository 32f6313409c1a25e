import type { Preset, PresetExtraHost, PresetSuggestion } from '#core/presets/preset';
import { canonicalHostname } from '#core/site/public-url';
import { isRecord } from './active-branch';
import { cleanHostname } from './clean-hostname';
import type { EditorValues } from './editor-values';

type Document = EditorValues['document'];

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** What a preset's reasons begin with, where its name is shown beside them already. */
export function withoutTitle({ title }: Pick<Preset, 'title'>, why: string): string {
  return why.startsWith(`${title}: `) ? why.slice(title.length + 2) : why;
}

/** Upstreams of the form with the preset's further one of that name, which is there at most once. */
export function withUpstream(document: Document, preset: Preset, name: string | undefined): unknown[] {
  const upstreams = list(document.upstreams);
  const offer = preset.extraUpstreams?.find((each) => each.name === name);
  if (!offer || upstreams.some((each) => isRecord(each) && each.name === name)) return upstreams;
  const [first] = upstreams;
  const machines = (isRecord(first) ? list(first.servers) : [])
    .filter(isRecord)
    .filter(({ kind }) => kind === 'tcp');
  const servers = machines.map((server) => ({
    ...server,
    // Another way to speak to the same port follows the port that the person gave.
    port: offer.port === preset.upstream.port ? server.port : offer.port,
  }));
  const here = { kind: 'tcp', address: '127.0.0.1', port: offer.port, socket: '', weight: 1, backup: false };
  return [
    ...upstreams,
    {
      name: offer.name,
      scheme: offer.scheme,
      servers: servers.length > 0 ? servers : [here],
      policy: (isRecord(first) && first.policy) || 'round-robin',
      verify: { mode: 'system' },
    },
  ];
}

/** Names that are offered for an extra host, none before the site has a name. */
export function offeredNames(document: Document, { purpose, wildcard }: PresetExtraHost): string[] {
  const hostnames = list(document.hostnames).map((name) => cleanHostname(String(name)));
  const canonical = canonicalHostname({ hostnames }).replace(/^\*\./, '');
  if (canonical === '') return [];
  const name = `${purpose}.${canonical}`;
  return wildcard ? [name, `*.${name}`] : [name];
}

/** An extra host of the form as the preset offers it. */
export function offeredHost(document: Document, offer: PresetExtraHost): Record<string, unknown> {
  const [first] = list(document.upstreams);
  const names = offeredNames(document, offer);
  return {
    purpose: offer.purpose,
    hostnames: names.length > 0 ? names : [''],
    upstream: offer.upstream ?? (isRecord(first) ? first.name : 'main'),
    prefix: { ...(offer.prefix ?? { mode: 'none' }) },
    class: offer.class,
    limits: { ...offer.limits },
    locations: [],
    access: offer.access ?? 'site',
  };
}

/** Position of the offered extra host among the form's, -1 when it is not there. */
export function placeOfHost(document: Document, { purpose }: PresetExtraHost): number {
  return list(document.extraHosts).findIndex((host) => isRecord(host) && host.purpose === purpose);
}

/** Names of an extra host of the form, as far as they were typed. */
export function namesOfHost(document: Document, place: number): string[] {
  const host = list(document.extraHosts)[place];
  return isRecord(host) ? list(host.hostnames).map(String).filter(Boolean) : [];
}

/** Position of a location with the same match among the form's, -1 when there is none. */
export function placeOfLocation(document: Document, { match }: PresetSuggestion): number {
  return list(document.locations).findIndex(
    (location) =>
      isRecord(location) &&
      isRecord(location.match) &&
      Object.entries(match).every(([key, value]) => (location.match as Document)[key] === value),
  );
}
