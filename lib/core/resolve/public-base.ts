import type { Site } from '../site/schema';
import { publicHost } from './headers';
import type { Template } from './resolved';

/** Scheme, name and port that a browser must be sent to where somebody else terminates TLS or maps ports; `null` where nobody does. */
export function publicBase(site: Site): Template | null {
  if (!site.publicAddress) return null;
  return [{ kind: 'text', text: `${site.publicAddress.scheme}://` }, ...publicHost(site)];
}
