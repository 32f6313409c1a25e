import type { LayoutId } from '../types';

/**
 * Programs and arguments, never a shell line. `reload` goes through the service manager so that it keeps track of the process.
 */
export interface ServerCommands {
  /** Prints version and build options. */
  readonly version: readonly string[];
  /** Tests the live configuration. */
  readonly test: readonly string[];
  /** Prints the whole live configuration after testing it. */
  readonly dump: readonly string[];
  readonly reload: readonly string[];
}

const reloadByLayout: Readonly<Record<LayoutId, readonly string[]>> = {
  debian: ['systemctl', 'reload', 'nginx'],
  rhel: ['systemctl', 'reload', 'nginx'],
  alpine: ['rc-service', 'nginx', 'reload'],
  arch: ['systemctl', 'reload', 'nginx'],
  opensuse: ['systemctl', 'reload', 'nginx'],
  freebsd: ['service', 'nginx', 'reload'],
  brew: ['nginx', '-s', 'reload'],
};

/** Fixed commands for a distribution; nothing in them comes from people. */
export function nginxCommands(layout: LayoutId): ServerCommands {
  return {
    version: ['nginx', '-V'],
    test: ['nginx', '-t'],
    dump: ['nginx', '-T'],
    reload: reloadByLayout[layout],
  };
}
