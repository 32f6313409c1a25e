import type { Issue } from '../issue';
import { listeningPorts } from '../site/listening-ports';
import { error, type Rule, warning } from './rule';

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** Upstreams that can work: somebody to send to, not the web server itself, and no certificate left unchecked unseen. */
export const upstreamServers: Rule = (site) =>
  site.upstreams.flatMap((upstream, index) => {
    const path = ['upstreams', index];
    const issues: Issue[] = [];
    if (upstream.servers.every(({ backup }) => backup)) {
      issues.push(
        error(
          'site.upstream-only-backups',
          [...path, 'servers', 0, 'backup'],
          'at least one server must not be a backup',
        ),
      );
    }
    upstream.servers.forEach((server, position) => {
      if (!('address' in server) || !loopback.has(server.address)) return;
      if (listeningPorts(site).some(({ port }) => port === server.port)) {
        issues.push(
          error(
            'site.upstream-loop',
            [...path, 'servers', position, 'port'],
            `port ${server.port} of this machine is the web server itself`,
            'Give the port on which the CI server listens.',
          ),
        );
      }
    });
    const secure = upstream.scheme === 'https' || upstream.scheme === 'h2';
    if (secure && upstream.verify.mode === 'skip') {
      issues.push(
        warning(
          'site.upstream-unverified',
          [...path, 'verify', 'mode'],
          'nobody checks that this upstream is the right one',
          'Give the CA file of its certificate.',
        ),
      );
    }
    return issues;
  });
