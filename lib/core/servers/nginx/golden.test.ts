import { join } from 'node:path';
import { goldenSuite } from '../conformance/golden-suite';
import { gates } from './capabilities';

const targets = (
  [
    ['unknown', null, null, 'rhel'],
    ['1.14.0', '1.14.0', '1.0.2', 'rhel'],
    ['1.19.3', '1.19.3', '1.1.1', 'debian'],
    ['1.22.1', '1.22.1', '3.0.22', 'debian'],
    ['1.23.2', '1.23.2', '3.0.22', 'alpine'],
    ['1.25.1', '1.25.1', '3.0.22', 'debian'],
    ['1.29.6', '1.29.6', '3.5.0', 'debian'],
    ['1.31.5', '1.31.5', '3.5.7', 'freebsd'],
  ] as const
).map(
  ([name, version, openssl, layout]) =>
    [name, { server: 'nginx', version, openssl, layout, modules: null }] as const,
);

goldenSuite({
  folder: join(import.meta.dirname, 'golden'),
  extension: 'conf',
  targets,
  since: Object.values(gates).map(({ since }) => since),
  sharedOf: targets[3]?.[1],
});
