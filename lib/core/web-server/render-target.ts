import { z } from 'zod';

export const ServerKind = z.enum(['nginx', 'apache', 'caddy']);
export type ServerKind = z.infer<typeof ServerKind>;

/** Where a distribution keeps a web server's files. */
export const LayoutId = z.enum(['debian', 'rhel', 'alpine', 'arch', 'opensuse', 'freebsd', 'brew']);
export type LayoutId = z.infer<typeof LayoutId>;

/** Dotted numbers, as printed by the server itself. */
export const Version = z.string().regex(/^\d+(?:\.\d+){0,3}$/);

/** What rendering needs to know of the web server that will read the files. `null` means "not known": the conservative form is chosen. */
export const RenderTarget = z.object({
  server: ServerKind,
  version: Version.nullable(),
  openssl: Version.nullable(),
  layout: LayoutId,
  /** Loaded or built-in modules, `null` when not known. */
  modules: z.array(z.string()).nullable(),
});
export type RenderTarget = z.infer<typeof RenderTarget>;
