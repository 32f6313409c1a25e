import { defaultSite } from '#core/presets/default-site';
import { checkSite } from '#core/rules/check-site';
import { parseSite } from '#core/rules/parse-site';
import type { Site } from '#core/site/schema';

const count = <T>(length: number, make: (index: number) => T): T[] =>
  Array.from({ length }, (_, index) => make(index));

const rules = (length: number) =>
  count(length, (index) => ({ op: 'set', name: `X-Largest-${index}`, value: `value ${index}` }));
const path = (index: number) => ({ kind: 'exact', path: `/path/${index}` });

/**
 * A valid site with nearly as much of everything as the schema and one request admit: 64 names, 1,024 servers, 2,176 locations, 4,096 header rules.
 *
 * @throws when it is not valid, which is a fault of this file
 */
export function largestSite(name: string): Site {
  const [start] = defaultSite('generic', name, `${name}.example.com`).upstreams;
  const document = {
    ...defaultSite('generic', name, `${name}.example.com`),
    description: 'x'.repeat(500),
    hostnames: count(64, (index) => `n${index}.${name}.example.com`),
    upstreams: count(16, (index) => ({
      ...start,
      name: index === 0 ? 'main' : `upstream-${index}`,
      servers: count(64, (server) => ({ address: `10.${index}.${server}.1`, port: 8080 })),
    })),
    locations: count(128, (index) => ({
      match: path(index),
      requestHeaders: rules(16),
      responseHeaders: rules(16),
    })),
    extraHosts: count(32, (index) => ({
      purpose: `purpose-${index}`,
      hostnames: [`extra-${index}.${name}.example.com`],
      upstream: 'main',
      locations: count(64, (location) => ({ match: path(location) })),
    })),
    access: {
      ip: {
        allow: count(256, (index) => `10.0.${index}.0/24`),
        deny: count(256, (index) => `10.1.${index}.0/24`),
      },
    },
  };
  const parsed = parseSite(document);
  const issues = parsed.ok
    ? checkSite(parsed.value).filter(({ severity }) => severity === 'error')
    : parsed.error;
  if (!parsed.ok || issues.length > 0) throw new Error(JSON.stringify(issues.slice(0, 5)));
  return parsed.value;
}
