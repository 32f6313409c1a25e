import type { RenderTarget } from '../../web-server/render-target';
import { atLeast } from '../../web-server/version';

/**
 * What which nginx can do. `since` is the first version with the feature, `until` the first without. Sources: nginx.org/en/CHANGES and the
 * directive's page in nginx.org/en/docs; rows marked "tried" were run against nginx 1.22.1 and a build of 1.31.
 */
export const gates = {
  /** `http2 on;` instead of `listen … http2` — CHANGES 1.25.1; unknown directive before (tried). */
  http2Directive: { since: '1.25.1' },
  /** `listen … quic` — CHANGES 1.25.0. */
  quic: { since: '1.25.0' },
  /** QUIC without known memory bugs — CHANGES 1.25.4, 1.27.0, 1.31.0, 1.31.2. */
  safeQuic: { since: '1.31.2' },
  /** `proxy_cookie_flags` — CHANGES 1.19.3. */
  cookieFlags: { since: '1.19.3' },
  /** `ssl_reject_handshake` — CHANGES 1.19.4. */
  rejectHandshake: { since: '1.19.4' },
  /** Keys of session tickets are rotated in the shared cache — CHANGES 1.23.2; before, tickets defeat forward secrecy. */
  rotatedTickets: { since: '1.23.2' },
  /** A warning for different protocols on one listening socket — CHANGES 1.23.4, per server since `http2 on` (1.25.1). */
  socketProtocolWarning: { since: '1.23.4', until: '1.25.1' },
  /** `sticky cookie` in the open source version — CHANGES 1.29.6. */
  stickyCookie: { since: '1.29.6' },
  /** `proxy_http_version 2` — CHANGES 1.29.4. */
  http2Upstream: { since: '1.29.4' },
} as const satisfies Record<string, { since: string; until?: string }>;

export type Feature = keyof typeof gates;

/** Oldest version that the generated files were made for. */
export const oldestVersion = '1.14.0';

/** Whether the target's nginx surely has a feature; an unknown version has none of them. */
export function can(target: RenderTarget, feature: Feature): boolean {
  const gate: { since: string; until?: string } = gates[feature];
  return (
    atLeast(target.version, gate.since) && !(gate.until !== undefined && atLeast(target.version, gate.until))
  );
}

/** "nginx ≥ 1.25.1", or that the version is not known. */
export function because(target: RenderTarget, feature: Feature): string {
  const { since } = gates[feature];
  if (target.version === null)
    return `form for all versions, because this nginx's version is not known (${since} decides)`;
  return can(target, feature) ? `nginx ≥ ${since}` : `nginx ${target.version} < ${since}`;
}
