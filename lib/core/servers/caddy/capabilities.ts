import type { RenderTarget } from '../../web-server/render-target';
import { atLeast } from '../../web-server/version';

/**
 * What which Caddy can do. Sources: the tagged sources of github caddyserver/caddy (first tag that knows the word) and the directive's
 * page of caddyserver.com/docs; forms before and after each gate were run against 2.6.2 and 2.11.4.
 */
export const gates = {
  /** `stream_close_delay`: WebSockets survive a reload — v2.7.0, reverseproxy/caddyfile.go. */
  streamCloseDelay: '2.7.0',
  /** `lb_policy weighted_round_robin` — v2.7.0, reverseproxy/selectionpolicies.go. */
  weights: '2.7.0',
  /** `basic_auth`; called `basicauth` before — v2.8.0. */
  basicAuthName: '2.8.0',
  /** `tls_trust_pool`; `tls_trusted_ca_certs` before — v2.8.0. */
  trustPool: '2.8.0',
} as const;

export type Feature = keyof typeof gates;

/** Oldest version these files are made for. Tried up to 2.11.4. */
export const oldestCaddy = '2.6.0';

/** Whether the target's Caddy surely has a feature; an unknown version has none of them. */
export const can = (target: RenderTarget, feature: Feature): boolean =>
  atLeast(target.version, gates[feature]);

/** "Caddy ≥ 2.8.0", or that the version is not known. */
export function gateReason(target: RenderTarget, feature: Feature): string {
  if (target.version === null) return `form for all versions, because this Caddy's version is not known`;
  return can(target, feature) ? `Caddy ≥ ${gates[feature]}` : `Caddy ${target.version} < ${gates[feature]}`;
}
