import type { LayoutId } from '../types';
import { includeLine } from './layout';

/** Programs and arguments, never a shell line; nothing in them comes from people. */
export interface CaddyCommands {
  readonly version: readonly string[];
  readonly test: readonly string[];
  readonly reload: readonly string[];
}

const reloadByLayout: Readonly<Record<LayoutId, readonly string[]>> = {
  debian: ['systemctl', 'reload', 'caddy'],
  rhel: ['systemctl', 'reload', 'caddy'],
  alpine: ['rc-service', 'caddy', 'reload'],
  arch: ['systemctl', 'reload', 'caddy'],
  opensuse: ['systemctl', 'reload', 'caddy'],
  freebsd: ['service', 'caddy', 'reload'],
  brew: ['caddy', 'reload', '--config', '/opt/homebrew/etc/Caddyfile', '--adapter', 'caddyfile'],
};

/** Fixed commands for a distribution. */
export function caddyCommands(layout: LayoutId): CaddyCommands {
  const { path } = includeLine(layout);
  return {
    version: ['caddy', 'version'],
    test: ['caddy', 'validate', '--config', path, '--adapter', 'caddyfile'],
    reload: reloadByLayout[layout],
  };
}
