import type { LineOrigin } from '../site/origin';
import { bareLocation } from './bare-location';
import { byRule } from './decide';
import type { DraftLocation } from './matches';
import type { ResolvedHeader } from './resolved';

export const acmeField: LineOrigin = { path: ['acmeDirectory'], why: 'your ACME directory' };

const noListing = byRule(false, 'challenges are not listed');

/** Answers the challenges of an ACME CA from a directory of the host. */
export function acmeLocation(
  responseHeaders: readonly ResolvedHeader[],
  directory: string,
  origin: LineOrigin,
): DraftLocation {
  return bareLocation(
    responseHeaders,
    { kind: 'prefix', path: '/.well-known/acme-challenge/' },
    { kind: 'static', directory: { value: directory, origin }, purpose: 'acme', listing: noListing },
    origin,
  );
}
