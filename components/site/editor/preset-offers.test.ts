import { describe, expect, test } from 'vitest';
import { defaultSite } from '#core/presets/default-site';
import { presetIds, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { analyse } from './analyse';
import { type EditorValues, toDocument, toValues } from './editor-values';
import {
  offeredHost,
  offeredNames,
  placeOfHost,
  placeOfLocation,
  withoutTitle,
  withUpstream,
} from './preset-offers';

const preset = (id: (typeof presetIds)[number]): Preset => presets[id];
const valuesFor = (id: (typeof presetIds)[number], hostname = 'ci.example.com') =>
  toValues(defaultSite(id, 'ci', hostname), []);

/** The form after everything that the preset offers was pressed. */
function withEverything(id: (typeof presetIds)[number]): EditorValues {
  const values = valuesFor(id);
  const document = {
    ...values.document,
    upstreams: values.document.upstreams as unknown[],
    extraHosts: [] as unknown[],
    locations: [] as unknown[],
  };
  for (const offer of preset(id).extraHosts ?? []) {
    document.upstreams = withUpstream(document, preset(id), offer.upstream);
    document.extraHosts.push(offeredHost(document, offer));
  }
  for (const { why: _, ...suggestion } of preset(id).suggestions ?? []) {
    document.upstreams = withUpstream(document, preset(id), suggestion.upstream);
    document.locations.push({ limits: {}, access: 'site', ...suggestion });
  }
  return { ...values, document };
}

describe('what a preset offers', () => {
  test('pressing everything leaves a document that can be saved, for every preset', () => {
    for (const id of presetIds) {
      const values = withEverything(id);
      expect(
        analyse(values).issues.filter(({ severity }) => severity === 'error'),
        id,
      ).toEqual([]);
      for (const offer of preset(id).extraHosts ?? [])
        expect(placeOfHost(values.document, offer), 'is marked as added').toBeGreaterThanOrEqual(0);
      for (const suggestion of preset(id).suggestions ?? [])
        expect(placeOfLocation(values.document, suggestion), 'is marked as added').toBeGreaterThanOrEqual(0);
    }
  });

  test('nothing is marked as added in a new form', () => {
    for (const id of presetIds) {
      const { document } = valuesFor(id);
      for (const offer of preset(id).extraHosts ?? []) expect(placeOfHost(document, offer)).toBe(-1);
      for (const suggestion of preset(id).suggestions ?? [])
        expect(placeOfLocation(document, suggestion)).toBe(-1);
    }
  });

  test('an extra host comes with its upstream, class, limits and access', () => {
    const document = toDocument(withEverything('woodpecker'));
    expect(document.extraHosts).toEqual([
      {
        purpose: 'agents',
        hostnames: ['agents.ci.example.com'],
        upstream: 'agents',
        prefix: { mode: 'none' },
        class: 'grpc',
        limits: { readTimeoutSeconds: 86_400, sendTimeoutSeconds: 86_400 },
        locations: [],
        access: 'bypass-auth',
      },
    ]);
    expect(document.upstreams).toMatchObject([
      { name: 'main', servers: [{ port: 8000 }] },
      { name: 'agents', scheme: 'h2c', servers: [{ address: '127.0.0.1', port: 9000 }] },
    ]);
  });

  test('its upstream is on the machines of the application, and comes once', () => {
    const { document } = valuesFor('argocd');
    const [main] = document.upstreams as { servers: Record<string, unknown>[] }[];
    if (main)
      main.servers = ['10.0.0.5', '10.0.0.6'].map((address) => ({
        ...main.servers[0],
        address,
        port: 30_080,
      }));
    const once = withUpstream(document, preset('argocd'), 'grpc');
    // gRPC of Argo CD has the port of the page, which is not the usual one here.
    expect(once[1]).toMatchObject({
      name: 'grpc',
      scheme: 'h2c',
      servers: [
        { address: '10.0.0.5', port: 30_080 },
        { address: '10.0.0.6', port: 30_080 },
      ],
    });
    expect(withUpstream({ ...document, upstreams: once }, preset('argocd'), 'grpc')).toBe(once);
    const kas = withUpstream(document, preset('gitlab'), 'kas');
    expect(kas[1], 'a service of its own keeps its own port').toMatchObject({
      servers: [{ port: 8150 }, { port: 8150 }],
    });
  });

  test('beside an application on a socket, its second service is on this machine', () => {
    const { document } = valuesFor('woodpecker');
    const sockets = [{ kind: 'unix', socket: '/run/w.sock', address: '', port: 0 }];
    const upstreams = withUpstream(
      { ...document, upstreams: [{ name: 'main', servers: sockets }] },
      preset('woodpecker'),
      'agents',
    );
    expect(upstreams[1]).toMatchObject({ servers: [{ kind: 'tcp', address: '127.0.0.1', port: 9000 }] });
  });

  test('names follow the canonical name, however it was typed', () => {
    const [registry, pages] = preset('gitlab').extraHosts ?? [];
    if (!registry || !pages) throw new Error('GitLab has two');
    expect(offeredNames(valuesFor('gitlab', 'https://Git.Example.com/x').document, registry)).toEqual([
      'registry.git.example.com',
    ]);
    expect(offeredNames(valuesFor('gitlab').document, pages)).toEqual([
      'pages.ci.example.com',
      '*.pages.ci.example.com',
    ]);
    expect(offeredNames(valuesFor('gitlab', '*.example.com').document, registry)).toEqual([
      'registry.example.com',
    ]);
    expect(offeredNames(valuesFor('gitlab', '').document, registry)).toEqual([]);
    expect(offeredHost(valuesFor('gitlab', '').document, registry).hostnames).toEqual(['']);
  });

  test('a reason does not repeat the name that is shown above it', () => {
    expect(withoutTitle({ title: 'GitLab' }, 'GitLab: a reason')).toBe('a reason');
    expect(withoutTitle({ title: 'Git' }, 'GitLab: a reason')).toBe('GitLab: a reason');
  });
});
