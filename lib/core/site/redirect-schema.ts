import { z } from 'zod';
import { PlainUrl, UrlPath } from './text';

/** `redirect`: everything leads to https but the named paths. `serve`: the same as on https. `closed`: nothing listens for the site. */
export const PlainHttp = z.strictObject({
  mode: z.enum(['redirect', 'serve', 'closed']).default('redirect'),
  /** Public paths that are served over http too, such as badges and hooks; one that ends in a slash stands for everything below it. */
  paths: z.array(UrlPath).max(64).default([]),
});
export type PlainHttp = z.infer<typeof PlainHttp>;

/** A public path, whatever the prefix, that leads somewhere else; it counts before every location. */
export const Redirect = z.strictObject({
  from: UrlPath,
  /** `below`: everything below a path that ends in a slash; where `to` ends in one too, the rest of the path is kept. */
  match: z.enum(['exact', 'below']).default('exact'),
  /** A public path of the site, or an address elsewhere. */
  to: z.union(
    [UrlPath, PlainUrl],
    'must be a path such as /new/ or an address such as https://new.example.com/',
  ),
  status: z.union([z.literal(301), z.literal(302), z.literal(307), z.literal(308)]).default(308),
  keepQuery: z.boolean().default(true),
});
export type Redirect = z.infer<typeof Redirect>;
