import type { Host } from '#api/contract/hosts';
import { Badge } from '#components/ui/badge';
import { Card, CardHeader, CardTitle } from '#components/ui/card';
import { serverTitle } from '../kit/server-title';

const layouts: Record<Host['targets'][number]['layout'], string> = {
  debian: 'Debian layout',
  rhel: 'RHEL layout',
  alpine: 'Alpine layout',
  arch: 'Arch layout',
  opensuse: 'openSUSE layout',
  freebsd: 'FreeBSD layout',
  brew: 'Homebrew layout',
};

/** The web servers that were found. */
export function HostTargets({ targets }: { targets: Host['targets'] }) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Web servers</CardTitle>
      </CardHeader>
      {targets.length === 0 ? (
        <p className="px-4 py-3 text-muted-foreground text-sm">
          None was found yet. The check list looks for nginx, Apache and Caddy.
        </p>
      ) : (
        <ul className="divide-y">
          {targets.map((target) => (
            <li key={target.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
              <span className="min-w-36 font-medium">{serverTitle(target.server, target.version)}</span>
              <Badge tone={target.running ? 'ok' : 'neutral'}>{target.running ? 'running' : 'stopped'}</Badge>
              <span className="text-muted-foreground">
                {[
                  layouts[target.layout],
                  target.openssl && `OpenSSL ${target.openssl}`,
                  target.modules && `${target.modules.length} modules`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
              <span className="ml-auto text-muted-foreground tabular-nums">
                {target.sites === 1 ? '1 site' : `${target.sites} sites`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
