import type { Preset } from '../presets/preset';
import { publicAddress } from '../site/public-url';
import type { Prefix, Site } from '../site/schema';
import { byField, byRule } from './decide';
import type { ResolvedCookies } from './resolved';

/** Cookie changes of a site, by field or preset; `Secure` follows only where people use https. */
export function resolveCookies(site: Site, preset: Preset, prefix: Prefix): ResolvedCookies {
  const field = (name: string) => ['cookies', name];
  const { secure, httpOnly, sameSite, rewritePath } = site.cookies;
  const facts = preset.cookies;
  const https = publicAddress(site).scheme === 'https';
  const path = prefix.mode === 'strip' ? prefix.path.replace(/\/$/, '') : null;
  return {
    secure: secure
      ? byField(true, field('secure'))
      : secure === undefined && facts.secure && https
        ? byRule(true, facts.secure.why)
        : null,
    httpOnly: httpOnly
      ? byField(true, field('httpOnly'))
      : httpOnly === undefined && facts.httpOnly
        ? byRule(true, facts.httpOnly.why)
        : null,
    sameSite:
      sameSite !== undefined
        ? sameSite === 'unset'
          ? null
          : byField(sameSite, field('sameSite'))
        : facts.sameSite
          ? byRule(facts.sameSite.value, facts.sameSite.why)
          : null,
    path:
      path === null
        ? null
        : rewritePath
          ? byField(path, field('rewritePath'))
          : rewritePath === undefined && facts.rewritePath
            ? byRule(path, facts.rewritePath.why)
            : null,
  };
}
