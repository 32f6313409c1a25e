import type { ServerKind } from '#core/web-server/render-target';

const titles = { nginx: 'nginx', apache: 'Apache', caddy: 'Caddy' } as const satisfies Record<
  ServerKind,
  string
>;

/** `Apache 2.4.71`, or the name alone where the version is not known. */
export function serverTitle(server: ServerKind, version: string | null = null): string {
  return version === null ? titles[server] : `${titles[server]} ${version}`;
}
