import * as fc from 'fast-check';
import { defaultSite } from '../../presets/default-site';
import { Site } from '../schema';
import { fullSites } from './full-site';

const label = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
const hostname = label.map((name) => `${name}.example.com`);
const limits = fc.record(
  {
    bodySizeMib: fc.integer({ min: 0, max: 64 }),
    readTimeoutSeconds: fc.integer({ min: 1, max: 90 }),
  },
  { requiredKeys: [] },
);
const header = fc.record({ op: fc.constant('set' as const), name: label, value: label });
const upstream = fc.record({
  name: label,
  scheme: fc.constantFrom('http' as const, 'https' as const),
  servers: fc.array(fc.record({ address: hostname, port: fc.integer({ min: 1, max: 9 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
});
const location = fc.record({
  match: fc.record({
    kind: fc.constantFrom('exact' as const, 'suffix' as const),
    path: label.map((part) => `/${part}`),
  }),
  limits,
  maskQuery: fc.boolean(),
});

const varied = fc
  .record(
    {
      description: fc.string({ maxLength: 20 }).map((text) => text.replace(/[^\x20-\x7e]/g, '')),
      hostnames: fc.uniqueArray(hostname, { minLength: 1, maxLength: 3 }),
      httpsPort: fc.integer({ min: 1, max: 9 }),
      http3: fc.boolean(),
      limits,
      upstreams: fc.array(upstream, { minLength: 1, maxLength: 3 }),
      locations: fc.array(location, { maxLength: 3 }),
      requestHeaders: fc.array(header, { maxLength: 3 }),
      tls: fc.constantFrom(
        { mode: 'none' as const },
        { mode: 'self-signed' as const },
        { mode: 'files' as const, certificate: '/a.pem', key: '/b.pem' },
      ),
      hsts: fc.record({ maxAgeSeconds: fc.integer({ min: 0, max: 3 }) }),
      trustedProxies: fc.array(fc.constantFrom('10.0.0.0/8', '192.0.2.1', '::1'), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((fields) => Site.parse({ ...defaultSite('generic', 'site', 'site.example.com'), ...fields }));

/** Site documents of many shapes, well-formed but not necessarily in keeping with the rules across fields. */
export const siteArbitrary: fc.Arbitrary<Site> = fc.oneof(
  { weight: 6, arbitrary: varied },
  { weight: 1, arbitrary: fc.constantFrom(...fullSites.map((site) => Site.parse(site))) },
);
