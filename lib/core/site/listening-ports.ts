import type { Issue } from '../issue';
import type { Site } from './schema';

export interface ListeningPort {
  readonly port: number;
  readonly field: Issue['path'];
}

/** TCP ports that a site makes its web server listen on, the one of the site itself first, each with the field that says so. */
export function listeningPorts(site: Site): readonly ListeningPort[] {
  const http = { port: site.httpPort, field: ['httpPort'] };
  if (site.tls.mode === 'none') return [http];
  const https = { port: site.httpsPort, field: ['httpsPort'] };
  return hasHttpPort(site) ? [https, http] : [https];
}

/** Whether anything of a site is on the http port. */
export const hasHttpPort = ({ tls, plainHttp, aliases, extraHosts }: Site): boolean =>
  tls.mode === 'none' ||
  plainHttp.mode !== 'closed' ||
  aliases.plainHostnames.length > 0 ||
  extraHosts.some((extra) => extra.tls?.mode === 'none');
