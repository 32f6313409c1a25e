import type { LintRule } from '../lint-rule';

// AWS, Azure, Google and others; AWS over IPv6; Alibaba; Azure's wire server; Oracle and OpenStack use the first.
const names = new Set([
  'metadata',
  'metadata.google.internal',
  'instance-data',
  'instance-data.ec2.internal',
]);
const addresses = new Set(['100.100.100.200', '168.63.129.16', '0.0.0.0', '::']);

const isMetadata = (address: string) =>
  names.has(address) ||
  addresses.has(address) ||
  address.startsWith('169.254.') ||
  /^fe[89ab][0-9a-f]:/i.test(address) ||
  /^fd00:ec2:/i.test(address);

/** Metadata services of clouds answer every process of a machine with its credentials. */
export const metadataUpstream: LintRule = {
  code: 'lint.metadata-upstream',
  severity: 'warning',
  source:
    'https://cheatsheetseries.owasp.org/cheatsheets/Server_Side_Request_Forgery_Prevention_Cheat_Sheet.html',
  check: (site) =>
    site.upstreams.flatMap(({ servers }, index) =>
      servers.flatMap((server, position) =>
        'address' in server && isMetadata(server.address)
          ? [
              {
                path: ['upstreams', index, 'servers', position, 'address'],
                message: `${server.address} is a metadata service or a link-local address: clouds answer there with the machine’s credentials`,
                hint: 'Give the address of the CI server in its own network.',
              },
            ]
          : [],
      ),
    ),
};
