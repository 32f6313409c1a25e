import type { Site } from '#core/site/schema';
import { Access, Application, HeaderRule, Match, Prefix, Tls, Upstream } from '#core/site/schema';
import { activeBranch, isRecord } from './active-branch';

/** Optional parts of the document that are switched on and off as a whole. */
export interface Switches {
  hsts: boolean;
  userHeader: boolean;
  publicAddress: boolean;
}

/**
 * What the form holds. `document` is shaped like a site document but holds whatever was typed: texts where numbers should be,
 * and what belongs to modes that are not chosen at the moment. `toDocument` makes a document of it.
 */
export interface EditorValues {
  document: Record<string, unknown>;
  switches: Switches;
  targetIds: string[];
}

/** The form's values for a stored document. */
export function toValues(site: Site, targetIds: readonly string[]): EditorValues {
  return {
    document: {
      ...structuredClone(site),
      hsts: site.hsts ?? { maxAgeSeconds: 300, includeSubDomains: false, preload: false },
      publicAddress: site.publicAddress ?? { scheme: 'https', port: 443 },
      access: {
        ...structuredClone(site.access),
        userHeader: site.access.userHeader ?? { name: '', value: '{user}' },
      },
      upstreams: site.upstreams.map((upstream) => ({
        ...structuredClone(upstream),
        servers: upstream.servers.map((server) => ({ ...server, kind: 'socket' in server ? 'unix' : 'tcp' })),
      })),
    },
    switches: {
      hsts: site.hsts !== undefined,
      userHeader: site.access.userHeader !== undefined,
      publicAddress: site.publicAddress !== undefined,
    },
    targetIds: [...targetIds],
  };
}

/** The document that the form describes, unchecked. */
export function toDocument({ document, switches }: EditorValues): Record<string, unknown> {
  const { hsts, publicAddress, access, ...rest } = document;
  const { userHeader, ...restOfAccess } = isRecord(access) ? access : {};
  return withoutUndefined({
    ...rest,
    tls: activeBranch(Tls, rest.tls),
    prefix: activeBranch(Prefix, rest.prefix),
    upstreams: list(rest.upstreams).map(upstream),
    locations: list(rest.locations).map(location),
    extraHosts: list(rest.extraHosts).map(extraHost),
    applications: list(rest.applications).map(application),
    requestHeaders: headers(rest.requestHeaders),
    responseHeaders: headers(rest.responseHeaders),
    access: {
      ...restOfAccess,
      auth: activeBranch(Access.shape.auth.unwrap(), restOfAccess.auth),
      ...(switches.userHeader && { userHeader }),
    },
    ...(switches.hsts && { hsts }),
    ...(switches.publicAddress && { publicAddress }),
  }) as Record<string, unknown>;
}

function upstream(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return {
    ...value,
    verify: activeBranch(Upstream.shape.verify.unwrap(), value.verify),
    servers: list(value.servers).map((server) => {
      if (!isRecord(server)) return server;
      const { kind, address, port, socket, ...rest } = server;
      return kind === 'unix' ? { socket, ...rest } : { address, port, ...rest };
    }),
  };
}

function location(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return {
    ...value,
    match: activeBranch(Match, value.match),
    requestHeaders: headers(value.requestHeaders),
    responseHeaders: headers(value.responseHeaders),
  };
}

function application(value: unknown): unknown {
  if (!isRecord(value)) return value;
  return {
    ...value,
    prefix: activeBranch(Application.shape.prefix, value.prefix),
    locations: list(value.locations).map(location),
  };
}

function extraHost(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { tls, ...rest } = value;
  return {
    ...rest,
    // Without a mode it has no certificate of its own.
    ...(isRecord(tls) && tls.mode !== undefined && { tls: activeBranch(Tls, tls) }),
    prefix: activeBranch(Prefix, value.prefix),
    locations: list(value.locations).map(location),
  };
}

function headers(value: unknown): unknown[] {
  return list(value).map((rule) => activeBranch(HeaderRule, rule));
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** An emptied optional field is one that is not there. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) =>
      part === undefined ? [] : [[key, withoutUndefined(part)]],
    ),
  );
}
