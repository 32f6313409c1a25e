import type { LayoutId } from '../types';

/** Commands of a distribution's Apache as argument vectors; constants only, nothing of a site ever enters them. */
export interface ApacheCommands {
  readonly test: readonly string[];
  readonly version: readonly string[];
  readonly modules: readonly string[];
  readonly reload: readonly string[];
}

const httpd = (program: string, reload: readonly string[]): ApacheCommands => ({
  test: [program, '-t'],
  version: [program, '-v'],
  modules: [program, '-M'],
  reload,
});

const commands: Readonly<Record<LayoutId, ApacheCommands>> = {
  debian: httpd('apache2ctl', ['systemctl', 'reload', 'apache2']),
  rhel: httpd('apachectl', ['systemctl', 'reload', 'httpd']),
  alpine: httpd('httpd', ['rc-service', 'apache2', 'reload']),
  arch: httpd('apachectl', ['systemctl', 'reload', 'httpd']),
  opensuse: httpd('apachectl', ['systemctl', 'reload', 'apache2']),
  freebsd: httpd('apachectl', ['service', 'apache24', 'graceful']),
  brew: httpd('apachectl', ['apachectl', '-k', 'graceful']),
};

export const apacheCommands = (layout: LayoutId): ApacheCommands => commands[layout];
