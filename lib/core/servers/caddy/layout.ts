import type { LayoutId } from '../../web-server/render-target';
import type { IncludeLine } from '../types';

interface Layout {
  /** The Caddyfile that the service reads. */
  readonly caddyfile: string;
  /** Directory of our site files, read by an `import` line in the Caddyfile. */
  readonly sites: string;
  readonly logs: string;
}

const usual: Layout = {
  caddyfile: '/etc/caddy/Caddyfile',
  sites: '/etc/caddy/gatehouse',
  logs: '/var/log/caddy',
};

// Sources: packages' own service files (Debian caddy 2.6.2 as installed; FreeBSD www/caddy, Homebrew caddy from their repositories).
const layouts: Readonly<Record<LayoutId, Layout>> = {
  debian: usual,
  rhel: usual,
  alpine: usual,
  arch: usual,
  opensuse: usual,
  freebsd: {
    caddyfile: '/usr/local/etc/caddy/Caddyfile',
    sites: '/usr/local/etc/caddy/gatehouse',
    logs: '/var/log/caddy',
  },
  brew: {
    caddyfile: '/opt/homebrew/etc/Caddyfile',
    sites: '/opt/homebrew/etc/caddy-gatehouse',
    logs: '/opt/homebrew/var/log',
  },
};

export const logDirectory = (layout: LayoutId): string => layouts[layout].logs;

/** File of one site. */
export const sitePath = (layout: LayoutId, site: string): string => `${layouts[layout].sites}/${site}.caddy`;

/** The line that makes Caddy read our files. */
export function includeLine(layout: LayoutId): IncludeLine {
  const { caddyfile, sites } = layouts[layout];
  return { path: caddyfile, line: `import ${sites}/*.caddy` };
}

/** Globs of everything that belongs to us. */
export const managedPaths = (layout: LayoutId): readonly string[] => [`${layouts[layout].sites}/*.caddy`];
