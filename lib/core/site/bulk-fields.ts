import { z } from 'zod';
import { Hsts, Limits, Site } from './schema';

const { shape } = Site;

/**
 * Fields that make sense for many sites at once: none of them says who a site is or where it goes. A limit of `null` goes back to what the preset
 * says, and so does `hsts`.
 */
export const BulkFields = z
  .strictObject({
    limits: z
      .strictObject({
        bodySizeMib: Limits.shape.bodySizeMib.unwrap().nullable(),
        connectTimeoutSeconds: Limits.shape.connectTimeoutSeconds.unwrap().nullable(),
        readTimeoutSeconds: Limits.shape.readTimeoutSeconds.unwrap().nullable(),
        sendTimeoutSeconds: Limits.shape.sendTimeoutSeconds.unwrap().nullable(),
      })
      .partial(),
    http2: z.boolean(),
    http3: z.boolean(),
    ipv6: z.boolean(),
    tlsProfile: shape.tlsProfile.unwrap(),
    redirectStatus: shape.redirectStatus.unwrap(),
    hsts: Hsts.nullable(),
    trustedProxies: shape.trustedProxies.unwrap().meta({ examples: [['10.0.0.0/8']] }),
    proxyProtocol: z.boolean(),
  })
  .partial()
  .refine((fields) => Object.keys(fields).length > 0, 'choose a field');
export type BulkFields = z.infer<typeof BulkFields>;

/** The document with these fields set; everything else stays. */
export function setFields(site: Site, fields: BulkFields): Site {
  const { limits, hsts, ...rest } = fields;
  const { hsts: before, ...others } = site;
  const kept = hsts === undefined ? before : hsts;
  const set = Object.entries({ ...site.limits, ...limits }).filter(
    ([, value]) => value !== null && value !== undefined,
  );
  return {
    ...others,
    ...(Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Partial<Site>),
    limits: Object.fromEntries(set) as Site['limits'],
    ...(kept ? { hsts: kept } : {}),
  };
}
