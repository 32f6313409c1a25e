import { Site } from '../site/schema';
import { type PresetId, presets } from '.';
import type { Preset } from './preset';

/** A document to begin a form with: the preset's usual port on this machine, a self-signed certificate for trying out. */
export function defaultSite(preset: PresetId, name: string, hostname: string): Site {
  const { upstream, prefix }: Preset = presets[preset];
  const defaults = Site.parse({
    schemaVersion: 1,
    name: 'site',
    preset,
    hostnames: ['site.example.com'],
    tls: { mode: 'self-signed' },
    upstreams: [{ scheme: upstream.scheme, servers: [{ address: '127.0.0.1', port: upstream.port }] }],
    ...(prefix.fixed === undefined ? {} : { prefix: { mode: 'fixed', path: prefix.fixed } }),
  });
  // What a person typed goes in unchecked: the form shows what is wrong with it.
  return { ...defaults, name, hostnames: [hostname] };
}
