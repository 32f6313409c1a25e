import type { LayoutId } from '../../web-server/render-target';
import type { IncludeLine } from '../types';

/** Where a distribution keeps what Apache reads. */
export interface ApacheLayout {
  /** Directory of the site files. */
  readonly siteDirectory: string;
  /** Directory of the links that switch sites on, where the distribution has one. */
  readonly enabledDirectory: string | null;
  /** Directory of the file that all sites share; read before the sites. */
  readonly sharedDirectory: string;
  /** A line the main configuration needs before our directory is read at all. */
  readonly include: IncludeLine | null;
  /** Ports that the distribution's own files already `Listen` on; a second `Listen` would stop the server. */
  readonly listensOn: readonly number[];
  readonly logDirectory: string;
  /** The distribution's bundle of trusted authorities. */
  readonly systemCaFile: string;
}

// Sources: the packages' own files (Debian apache2 2.4.71 as installed; RHEL httpd, Alpine apache2, Arch apache, openSUSE apache2,
// FreeBSD www/apache24 and Homebrew httpd from their packaging repositories).
const layouts: Readonly<Record<LayoutId, ApacheLayout>> = {
  debian: {
    siteDirectory: '/etc/apache2/sites-available',
    enabledDirectory: '/etc/apache2/sites-enabled',
    sharedDirectory: '/etc/apache2/conf-enabled',
    include: null,
    listensOn: [80, 443],
    logDirectory: '/var/log/apache2',
    systemCaFile: '/etc/ssl/certs/ca-certificates.crt',
  },
  rhel: {
    siteDirectory: '/etc/httpd/conf.d',
    enabledDirectory: null,
    sharedDirectory: '/etc/httpd/conf.d',
    include: null,
    listensOn: [80, 443],
    logDirectory: '/var/log/httpd',
    systemCaFile: '/etc/pki/tls/certs/ca-bundle.crt',
  },
  alpine: {
    siteDirectory: '/etc/apache2/conf.d',
    enabledDirectory: null,
    sharedDirectory: '/etc/apache2/conf.d',
    include: null,
    listensOn: [80, 443],
    logDirectory: '/var/log/apache2',
    systemCaFile: '/etc/ssl/certs/ca-certificates.crt',
  },
  arch: {
    siteDirectory: '/etc/httpd/conf/gatehouse',
    enabledDirectory: null,
    sharedDirectory: '/etc/httpd/conf/gatehouse',
    include: { path: '/etc/httpd/conf/httpd.conf', line: 'IncludeOptional conf/gatehouse/*.conf' },
    // httpd-ssl.conf, which listens on 443, is commented out.
    listensOn: [80],
    logDirectory: '/var/log/httpd',
    systemCaFile: '/etc/ssl/certs/ca-certificates.crt',
  },
  opensuse: {
    siteDirectory: '/etc/apache2/vhosts.d',
    enabledDirectory: null,
    sharedDirectory: '/etc/apache2/vhosts.d',
    include: null,
    listensOn: [80, 443],
    logDirectory: '/var/log/apache2',
    systemCaFile: '/var/lib/ca-certificates/ca-bundle.pem',
  },
  freebsd: {
    siteDirectory: '/usr/local/etc/apache24/Includes',
    enabledDirectory: null,
    sharedDirectory: '/usr/local/etc/apache24/Includes',
    include: null,
    // extra/httpd-ssl.conf, which listens on 443, is commented out.
    listensOn: [80],
    logDirectory: '/var/log',
    systemCaFile: '/etc/ssl/cert.pem',
  },
  brew: {
    siteDirectory: '/opt/homebrew/etc/httpd/gatehouse',
    enabledDirectory: null,
    sharedDirectory: '/opt/homebrew/etc/httpd/gatehouse',
    include: {
      path: '/opt/homebrew/etc/httpd/httpd.conf',
      line: 'IncludeOptional /opt/homebrew/etc/httpd/gatehouse/*.conf',
    },
    listensOn: [8080],
    logDirectory: '/opt/homebrew/var/log/httpd',
    systemCaFile: '/opt/homebrew/etc/ca-certificates/cert.pem',
  },
};

export const apacheLayout = (layout: LayoutId): ApacheLayout => layouts[layout];

/** The file of one site, and the link that switches it on where the distribution works with links. */
export function apacheSitePaths(layout: LayoutId, siteName: string): { file: string; link: string | null } {
  const { siteDirectory, enabledDirectory } = layouts[layout];
  const name = `gatehouse-${siteName}.conf`;
  return {
    file: `${siteDirectory}/${name}`,
    link: enabledDirectory === null ? null : `${enabledDirectory}/${name}`,
  };
}

/** The file that all sites of a target share. */
export const apacheSharedPath = (layout: LayoutId): string =>
  `${layouts[layout].sharedDirectory}/gatehouse.conf`;

/** Globs of everything that belongs to us. */
export function apacheManagedPaths(layout: LayoutId): readonly string[] {
  const { siteDirectory, enabledDirectory } = layouts[layout];
  return [
    `${siteDirectory}/gatehouse-*.conf`,
    ...(enabledDirectory === null ? [] : [`${enabledDirectory}/gatehouse-*.conf`]),
    apacheSharedPath(layout),
  ];
}
