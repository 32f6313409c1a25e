import type { Match } from '../../../site/schema';
import type { RawRequest } from '../raw-client';

/** A path of the application that a match means, and the headers that it needs. */
export function sampleRequest(match: Match): Pick<RawRequest, 'target' | 'headers'> {
  switch (match.kind) {
    case 'exact':
      return { target: match.path };
    case 'prefix':
      return { target: `${match.path}sample` };
    case 'suffix':
      return { target: `/sample${match.path}` };
    case 'segments':
      return { target: match.path.replaceAll('*', 'sample') };
    case 'header':
      return { target: '/sample', headers: [[match.name, `${match.startsWith}x`]] };
  }
}
