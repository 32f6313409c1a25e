import type { Issue } from '../issue';
import { listeningPorts } from '../site/listening-ports';
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
  const tcp = listeningPorts(site).map((each) => ({ ...each, protocol: 'tcp' as const }));
  if (site.tls.mode === 'none' || !site.http3) return tcp;
  return [...tcp, { port: site.httpsPort, protocol: 'udp' as const, field: ['http3'] }];
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
