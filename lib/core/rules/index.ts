import { applications } from './applications';
import { cookies } from './cookies';
import { extraHosts } from './extra-hosts';
import { headerNames } from './header-names';
import { hostnames } from './hostnames';
import { hsts } from './hsts';
import { issuedCertificates } from './issued-certificates';
import { locationAddresses } from './location-addresses';
import { locationClass } from './location-class';
import { locationMatches } from './location-matches';
import { plainHttp } from './plain-http';
import { prefixMode } from './prefix-mode';
import { publicPorts } from './public-ports';
import { redirects } from './redirects';
import type { Rule } from './rule';
import { signIn } from './sign-in';
import { tls } from './tls';
import { trustedProxies } from './trusted-proxies';
import { upstreamNames } from './upstream-names';
import { upstreamServers } from './upstream-servers';

/** Every rule across fields; the folder and this list are held together by a test. */
export const rules = {
  applications,
  cookies,
  extraHosts,
  headerNames,
  hostnames,
  hsts,
  issuedCertificates,
  locationAddresses,
  locationClass,
  locationMatches,
  plainHttp,
  prefixMode,
  publicPorts,
  redirects,
  signIn,
  tls,
  trustedProxies,
  upstreamNames,
  upstreamServers,
} as const satisfies Record<string, Rule>;
