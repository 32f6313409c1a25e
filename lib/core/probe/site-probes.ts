import { presets } from '../presets';
import type { Preset } from '../presets/preset';
import type { ProbeSpec } from '../presets/probe-spec';
import { findLocation } from '../resolve/find-location';
import { resolve } from '../resolve/resolve';
import type { ResolvedLocation, ResolvedVhost } from '../resolve/resolved';
import { applicationSite } from '../site/application-site';
import { publicOrigin, publicPath } from '../site/public-url';
import type { Site } from '../site/schema';

/** Forged headers that must not change an answer. */
const forged = {
  'X-Forwarded-For': '203.0.113.66',
  'X-Forwarded-Host': 'forged.example',
  'X-Forwarded-Proto': 'gopher',
  'X-Forwarded-Port': '1',
  'X-Real-IP': '203.0.113.66',
  Forwarded: 'for=203.0.113.66;host=forged.example',
  X_Forwarded_For: '203.0.113.66',
  'X-Forwarded_Host': 'forged.example',
  X_Real_IP: '203.0.113.66',
};

/** The header in which the application is told who signed in, in spellings that a CGI-like application takes for the same. */
function forgedUser(site: Site, preset: Preset): Record<string, string> {
  const name = site.access.userHeader?.name ?? preset.userHeader?.name;
  if (name === undefined) return {};
  const spellings = [
    name,
    name.replaceAll('-', '_'),
    name.replaceAll('_', '-'),
    name.replace(/[-_](?=[^-_]*$)/, '_'),
  ];
  return Object.fromEntries(spellings.map((spelling) => [spelling, 'gatehouse-forged-user']));
}

/** A path that is open although the rest of the site asks for a sign-in: where a forged name would do most. */
function openPath(locations: readonly ResolvedLocation[]): string | undefined {
  const everywhere = locations.at(-1)?.access;
  const open = locations.find(
    ({ match, action, access }) =>
      action.kind === 'proxy' &&
      everywhere?.auth &&
      !access.auth &&
      !access.ip &&
      (match.kind === 'exact' || match.kind === 'prefix'),
  );
  return open && 'path' in open.match ? open.match.path : undefined;
}

/**
 * The functional checks that fit a site: what every site must show, and what its CI server can. Where the proxy asks for a sign-in, a page is expected
 * to answer 401 (or, with a sign-in page, a redirect), where it lets only some addresses in, 403 is as good as the page; streams are left out there.
 */
export function siteProbes(site: Site): readonly ProbeSpec[] {
  const preset: Preset = presets[site.preset];
  const path = (appPath: string) => publicPath(site.prefix, appPath);
  const health = path(preset.healthPath);
  const secure = site.tls.mode !== 'none';
  const [main] = resolve(site).vhosts;
  const headers = { ...forged, ...forgedUser(site, preset) };
  const open = main && openPath(main.locations);
  const parts = [site, ...site.applications.map((application) => applicationSite(site, application))];
  const own = parts.flatMap((part) => ownProbes(part, main));
  return [
    ...(secure
      ? [
          ...(leadsToHttps(site, health)
            ? [
                {
                  kind: 'redirect' as const,
                  path: health,
                  status: site.redirectStatus,
                  location: publicOrigin(site) + health,
                },
              ]
            : []),
          {
            kind: 'certificate' as const,
            hostnames: [...site.hostnames, ...site.aliases.hostnames],
            // An issued certificate comes after its site is proven: what stands in for it is self-signed.
            trusted: site.tls.mode !== 'self-signed' && site.tls.mode !== 'acme',
          },
        ]
      : []),
    ...own,
    { kind: 'spoof', path: health, headers },
    ...(open === undefined || open === health ? [] : [{ kind: 'spoof' as const, path: open, headers }]),
    { kind: 'unknown-host', path: health },
  ];
}

/** What one application of a site can show, as far as the proxy lets everybody see it. */
function ownProbes(site: Site, main: ResolvedVhost | undefined): readonly ProbeSpec[] {
  const preset: Preset = presets[site.preset];
  const path = (appPath: string) => publicPath(site.prefix, appPath);
  return preset.probes(path).flatMap((probe): readonly ProbeSpec[] => {
    if (!('path' in probe) || !main) return [probe];
    const location = findLocation(main.locations, probe.path);
    const access = location?.access;
    if (location?.action.kind === 'redirect') {
      return probe.kind === 'page'
        ? [{ kind: 'page', path: probe.path, statuses: [location.action.status] }]
        : [];
    }
    // The dashboard or the host itself need not be among the addresses that are let in.
    if (access?.ip) {
      const statuses = [...probeStatuses(probe), 403, ...(access.auth ? [401, 302] : [])];
      return probe.kind === 'page' ? [{ kind: 'page', path: probe.path, statuses }] : [];
    }
    if (!access?.auth) return [probe];
    return probe.kind === 'page' ? [{ kind: 'page', path: probe.path, statuses: [401, 302] }] : [];
  });
}

/** Whether a path that is asked for over http leads to https. */
const leadsToHttps = ({ plainHttp }: Site, path: string): boolean =>
  plainHttp.mode === 'redirect' &&
  !plainHttp.paths.some((served) => (served.endsWith('/') ? path.startsWith(served) : path === served));

const probeStatuses = (probe: ProbeSpec): readonly number[] => (probe.kind === 'page' ? probe.statuses : []);
