import type { LayoutId } from '../web-server/render-target';

const configRoots: Readonly<Partial<Record<LayoutId, string>>> = {
  freebsd: '/usr/local/etc/gatehouse',
  brew: '/opt/homebrew/etc/gatehouse',
};

/** Where the self-signed certificate of a site is made and read. One certificate covers all names of the site. */
export function selfSignedPaths(
  layout: LayoutId,
  siteName: string,
): { certificatePath: string; keyPath: string } {
  const root = configRoots[layout] ?? '/etc/gatehouse';
  return { certificatePath: `${root}/tls/${siteName}.crt`, keyPath: `${root}/tls/${siteName}.key` };
}
