import type { Issue } from '../issue';
import type { Site } from '../site/schema';
import type { ServerKind } from '../web-server/render-target';

/** A listening socket of the host. */
export interface HostListener {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly pid: number | null;
  /** Name of the process, empty when not known. */
  readonly process: string;
  /** The web server it belongs to, if it does. */
  readonly server: ServerKind | null;
}

/** Ports that a site makes its web server listen on, each with the field that says so. */
export function sitePorts(site: Site): { port: number; protocol: 'tcp' | 'udp'; field: Issue['path'] }[] {
  const http = { port: site.httpPort, protocol: 'tcp' as const, field: ['httpPort'] };
  if (site.tls.mode === 'none') return [http];
  const https = { port: site.httpsPort, protocol: 'tcp' as const, field: ['httpsPort'] };
  const quic = { port: site.httpsPort, protocol: 'udp' as const, field: ['http3'] };
  return site.http3 ? [https, quic, http] : [https, http];
}

/** One issue for each port of the site that a process other than its web server holds. */
export function takenPorts(site: Site, server: ServerKind, listeners: readonly HostListener[]): Issue[] {
  return sitePorts(site).flatMap(({ port, protocol, field }): Issue[] => {
    const holder = listeners.find(
      (each) => each.port === port && each.protocol === protocol && each.server !== server,
    );
    if (!holder) return [];
    const name = holder.server ?? (holder.process || 'another process');
    const pid = holder.pid === null ? '' : ` (process ${holder.pid})`;
    return [
      {
        code: 'host.port-taken',
        severity: 'error',
        path: field,
        message: `Port ${port}/${protocol} is taken by ${name}${pid} on this host.`,
        hint: `Stop ${name} or move it to another port, or choose another port here.`,
        site: site.name,
      },
    ];
  });
}
