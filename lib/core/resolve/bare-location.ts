import type { LineOrigin } from '../site/origin';
import { openAccess } from './access';
import { byRule } from './decide';
import type { DraftLocation } from './matches';
import type { LocationAction, ResolvedHeader, ResolvedMatch } from './resolved';

const nothingUploaded = byRule(1, 'nothing is uploaded here');
export const nothingMasked = byRule(false, 'no secrets in query strings');

/** A location that the web server answers by itself, for everybody. */
export function bareLocation(
  responseHeaders: readonly ResolvedHeader[],
  match: ResolvedMatch,
  action: LocationAction,
  origin: LineOrigin,
): DraftLocation {
  return {
    rank: 'any',
    match,
    origin,
    class: { value: 'http', origin },
    action,
    strict: false,
    access: openAccess,
    bodySizeMib: nothingUploaded,
    responseHeaders,
    maskQuery: nothingMasked,
  };
}
