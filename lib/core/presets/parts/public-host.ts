import { canonicalHostname, portSuffix, publicAddress } from '../../site/public-url';
import type { Site } from '../../site/schema';

/** `ci.example.com`, or `ci.example.com:8443` where the port is not the scheme's own: for settings that want no scheme. */
export function publicHost(site: Site): string {
  return canonicalHostname(site) + portSuffix(publicAddress(site));
}
