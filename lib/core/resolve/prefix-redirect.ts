import type { LineOrigin } from '../site/origin';
import { bareLocation } from './bare-location';
import type { DraftLocation } from './matches';
import { publicBase } from './public-base';
import type { VhostContext } from './vhost-context';

/** The way from a path to the prefix below which the application lives. */
export const prefixRedirect = (
  { site, responseHeaders }: VhostContext,
  path: string,
  to: string,
  status: 302 | 308,
  origin: LineOrigin,
): DraftLocation =>
  bareLocation(
    responseHeaders,
    { kind: 'exact', path },
    {
      kind: 'redirect',
      status,
      location: [{ kind: 'text', text: to }],
      base: publicBase(site),
      restOf: null,
      keepQuery: true,
      origin,
    },
    origin,
  );
