import { expect, vi } from 'vitest';
import type { PresetLocation } from '../../../presets/preset';
import type { Seen } from '../echo-upstream';
import { http2Request } from '../http2-peers';
import { values } from '../message';
import { type RawRequest, request, requestUntil, upgrade } from '../raw-client';
import type { PresetCell } from './preset-cell';
import type { PresetStage } from './preset-stage';
import { sampleRequest } from './sample-request';

/** One thing that the CI server needs of its proxy, asked over the wire. */
export interface Demand {
  readonly what: string;
  readonly ask: () => Promise<void>;
}

const alice = ['Authorization', `Basic ${Buffer.from('alice:secret').toString('base64')}`] as const;
const token = ['Authorization', 'Bearer abc'] as const;
const sampleFrame = '\x81\x05hello';

/**
 * Everything that a cell's CI server demands, in the words of its preset. Paths are worked out here from preset and prefix mode alone, not
 * by the code that renders them.
 */
export function demandsOf({ preset, mode, site, signedIn }: PresetCell, world: PresetStage): Demand[] {
  const { https, http } = world.places;
  const prefix = site.prefix ?? { mode: 'none' };
  const below = prefix.mode === 'keep' || prefix.mode === 'strip' ? prefix.path : '/';
  const toPublic = (path: string) => below + path.slice(1);
  const toApplication = (path: string) => {
    if (prefix.mode === 'strip') return path.startsWith(below) ? `/${path.slice(below.length)}` : path;
    if (prefix.mode === 'add') return prefix.path + path.slice(1);
    const rule =
      prefix.mode === 'rewrite' ? prefix.rules.find(({ from }) => path.startsWith(from)) : undefined;
    return rule ? rule.to + path.slice(rule.from.length) : path;
  };
  // What a person adds comes before the preset's own rules, and may overrule them.
  const offered = mode === 'extras' ? (preset.suggestions ?? []) : preset.locations;
  // Nothing opens what lies below a path that is shut.
  const shut = offered.flatMap(({ class: kind, match }) =>
    kind === 'deny' && match.kind === 'prefix' ? [match.path] : [],
  );
  const locations = offered.filter(
    ({ class: kind, match }) =>
      kind === 'deny' || !shut.some((path) => sampleRequest(match).target.startsWith(path)),
  );
  const name = site.hostnames[0] as string;
  const nameIn = signedIn.hostnames[0] as string;
  const home = toPublic(prefix.mode === 'fixed' ? prefix.path : '/');

  const at = (host: string, raw: Omit<RawRequest, 'host'>) =>
    request({ port: https, tlsName: host }, { ...raw, host: `${host}:${https}` });
  const seen = async (host: string, raw: Omit<RawRequest, 'host'>): Promise<Seen> => {
    const reply = await at(host, raw);
    expect(`${raw.target}: ${reply.status} ${reply.status === 200 ? '' : reply.body.slice(0, 200)}`).toBe(
      `${raw.target}: 200 `,
    );
    return JSON.parse(reply.body) as Seen;
  };
  /** Asks a location as its class wants to be asked, and finds it at the application. */
  const reach = async (host: string, location: PresetLocation): Promise<void> => {
    const sample = sampleRequest(location.match);
    const target = toPublic(sample.target);
    const raw = { target, headers: [...(sample.headers ?? []), token], host: `${host}:${https}` };
    const address = { port: https, tlsName: host };
    if (location.class === 'ws') {
      expect(await upgrade(address, raw, sampleFrame)).toMatchObject({ status: 101, echo: sampleFrame });
    } else if (location.class === 'sse') {
      const stream = { ...raw, headers: [...raw.headers, ['X-Answer', 'sse'] as const] };
      expect((await requestUntil(address, stream, 'data: first')).body).toContain('data: first');
    } else {
      expect((await request(address, raw)).status).toBe(200);
    }
    const last = world.app.seen.at(-1);
    expect(last?.line).toBe(`GET ${toApplication(target)} HTTP/1.1`);
    if (location.access === 'bypass-auth') {
      // Behind the proxy's sign-in only an application that reads Authorization gets one.
      const kept = host === name || preset.authorization.value === 'keep';
      expect(values(last?.headers ?? [], 'authorization')).toEqual(kept ? [token[1]] : []);
    }
  };

  const demands: Demand[] = [
    {
      what: 'the page, told the public address',
      ask: async () => {
        const { line, headers } = await seen(name, { target: `${home}x?y=1`, headers: [token] });
        expect(line).toBe(`GET ${toApplication(home)}x?y=1 HTTP/1.1`);
        expect(values(headers, 'host')).toEqual([`${name}:${https}`]);
        expect(values(headers, 'x-forwarded-proto')).toEqual(['https']);
        expect(values(headers, 'x-forwarded-host')).toEqual([`${name}:${https}`]);
        expect(values(headers, 'x-forwarded-for')).toEqual(['127.0.0.1']);
        if (preset.authorization.value === 'keep')
          expect(values(headers, 'authorization')).toEqual([token[1]]);
        for (const { rule } of preset.requestHeaders) {
          expect(values(headers, rule.name).length, rule.name).toBe(rule.op === 'set' ? 1 : 0);
        }
      },
    },
    {
      what: 'plain http goes to https',
      ask: async () => {
        const reply = await request({ port: http }, { target: `${home}x`, host: `${name}:${http}` });
        expect([301, 308]).toContain(reply.status);
        expect(values(reply.headers, 'location')).toEqual([`https://${name}:${https}${home}x`]);
      },
    },
    {
      what: 'headers that it believes blindly come from nobody else',
      ask: async () => {
        const guarded = [...preset.guardedHeaders, ...(preset.userHeader ? [preset.userHeader] : [])];
        const { headers } = await seen(name, {
          target: home,
          headers: guarded.flatMap((header) => [
            [header.name, 'forged'] as const,
            [header.name.toLowerCase(), 'forged'] as const,
          ]),
        });
        expect(headers.filter(([, value]) => value.includes('forged'))).toEqual([]);
      },
    },
    {
      what: 'its cookies are safe and below its path',
      ask: async () => {
        const reply = await at(name, {
          target: home,
          headers: [['X-Answer-Header', 'Set-Cookie: session=1; Path=/']],
        });
        const [cookie = ''] = values(reply.headers, 'set-cookie');
        const { secure, httpOnly, sameSite, rewritePath } = preset.cookies;
        if (secure) expect(cookie).toMatch(/; ?secure/i);
        if (httpOnly) expect(cookie).toMatch(/; ?httponly/i);
        if (sameSite) expect(cookie).toMatch(new RegExp(`; ?samesite=${sameSite.value}`, 'i'));
        if (rewritePath && prefix.mode === 'strip') expect(cookie).toContain(`Path=${below}`);
      },
    },
    {
      what: '50 MB pass where it takes them, and are refused where its limit is lower',
      ask: async () => {
        const upload = locations.find((each) => each.class === 'upload' && each.match.kind !== 'header');
        const limit = upload?.limits?.bodySizeMib ?? (upload ? 0 : (preset.limits.bodySizeMib?.value ?? 1));
        const body = Buffer.alloc(50 << 20, 'x');
        const target = upload ? toPublic(sampleRequest(upload.match).target) : `${home}x`;
        const reply = await at(name, { method: 'POST', target, body });
        if (limit === 0 || limit >= 50) expect(JSON.parse(reply.body).bodyLength).toBe(body.length);
        else expect(reply.status).toBe(413);
      },
    },
    ...locations
      .filter(({ class: kind }) => kind !== 'grpc')
      .map((location) => ({
        what: `${location.class} at ${JSON.stringify(location.match)}`,
        ask: async () => {
          if (location.class !== 'deny') return reach(name, location);
          const before = world.app.seen.length;
          const sample = sampleRequest(location.match);
          const reply = await at(name, { ...sample, target: toPublic(sample.target) });
          expect([403, 404]).toContain(reply.status);
          expect(world.app.seen.length).toBe(before);
        },
      })),
    {
      what: 'behind the proxy’s sign-in only what signs in by itself stays open',
      ask: async () => {
        const open = locations.filter(({ access }) => access === 'bypass-auth');
        for (const location of open) await reach(nameIn, location);
        const before = world.app.seen.length;
        const sample = `${home}certainly-not-open`;
        expect((await at(nameIn, { target: sample })).status).toBe(401);
        for (const { match, class: kind, access } of locations) {
          if (access === 'bypass-auth' || kind === 'deny') continue;
          const asked = sampleRequest(match);
          expect((await at(nameIn, { ...asked, target: toPublic(asked.target) })).status, asked.target).toBe(
            401,
          );
        }
        expect(world.app.seen.length).toBe(before);
        const { headers } = await seen(nameIn, { target: sample, headers: [alice] });
        expect(values(headers, 'authorization')).toEqual([]);
      },
    },
  ];

  if (preset.rawUri.value) {
    demands.push({
      what: 'paths arrive byte for byte',
      ask: async () => {
        const odd = 'a%2Fb/c%252Fd//e%5B1%5D?f=%2F';
        expect((await seen(name, { target: home + odd })).line).toBe(
          `GET ${toApplication(home)}${odd} HTTP/1.1`,
        );
      },
    });
  }
  if (preset.upgradeAnywhere) {
    demands.push({
      what: 'a WebSocket on any path',
      ask: async () => {
        const raw = { target: `${home}any/socket`, host: `${name}:${https}` };
        expect((await upgrade({ port: https, tlsName: name }, raw, sampleFrame)).status).toBe(101);
      },
    });
  }
  if (prefix.mode === 'strip') {
    demands.push(
      ...(preset.unstrippedPaths ?? []).map((path) => ({
        what: `${path} reaches it from the root`,
        ask: async () =>
          expect((await seen(name, { target: `${path}x` })).line).toBe(`GET ${path}x HTTP/1.1`),
      })),
    );
  }
  const masked = locations.filter(({ maskQuery, class: kind }) => maskQuery && kind === 'http');
  if (masked.length > 0) {
    demands.push({
      what: 'secrets in its query strings stay out of the log',
      ask: async () => {
        for (const [index, { match }] of masked.entries()) {
          const { target, headers } = sampleRequest(match);
          const mark = `${site.name}-${index}`;
          await at(name, { target: `${toPublic(target)}?token=canary-${mark}`, headers: headers ?? [] });
        }
        await at(name, { target: `${home}?end=${site.name}` });
        const log = await vi.waitFor(async () => {
          const text = await world.server.accessLog();
          expect(text).toContain(`end=${site.name}`);
          return text;
        }, 10_000);
        expect(log).not.toContain('canary-');
      },
    });
  }
  if (mode === 'extras') {
    for (const extra of site.extraHosts ?? []) {
      const host = extra.hostnames[0] as string;
      const added = extra.prefix?.mode === 'add' ? extra.prefix.path : '/';
      demands.push({
        what: `its second name for ${extra.purpose}`,
        ask: async () => {
          if (extra.class !== 'grpc') {
            for (const name of extra.hostnames) {
              const { line } = await seen(name.replace('*', 'any'), { target: '/x' });
              expect(line).toBe(`GET ${added}x HTTP/1.1`);
            }
            return;
          }
          const call = {
            ':method': 'POST',
            ':path': '/service/Call',
            'content-type': 'application/grpc',
            te: 'trailers',
          };
          const reply = await http2Request(https, host, call, 'hello');
          expect(reply).toMatchObject({ body: 'hello', trailers: { 'grpc-status': '0' } });
          expect(world.http2.seen.at(-1)).toMatchObject({ ':path': '/service/Call' });
        },
      });
    }
  }
  return demands;
}
