import { siteDocument } from '../../../e2e/apply/dashboard';

/** Site number `index` of one way: plain http, an upstream that answers, a size that tells its states apart. */
export const benchSite = (way: string, index: number, bodySizeMib: number) =>
  siteDocument({
    name: `${way}-${index}`,
    hostnames: [`${way}-${index}.example.com`],
    tls: { mode: 'none' },
    limits: { bodySizeMib },
  });
