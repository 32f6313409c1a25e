import { join } from 'node:path';
import { expect, test } from 'vitest';
import { atLeast } from '../../web-server/version';
import { goldenSuite } from '../conformance/golden-suite';
import { gates } from './capabilities';

const targets = [
  ['unknown', null, null, 'rhel'],
  ['1.14.0', '1.14.0', '1.0.2', 'rhel'],
  ['1.19.3', '1.19.3', '1.1.1', 'debian'],
  ['1.22.1', '1.22.1', '3.0.22', 'debian'],
  ['1.23.2', '1.23.2', '3.0.22', 'alpine'],
  ['1.25.1', '1.25.1', '3.0.22', 'debian'],
  ['1.29.6', '1.29.6', '3.5.0', 'debian'],
  ['1.31.5', '1.31.5', '3.5.7', 'freebsd'],
] as const;

goldenSuite({
  server: 'nginx',
  folder: join(import.meta.dirname, 'golden'),
  extension: 'conf',
  targets,
  since: Object.values(gates).map(({ since }) => since),
  sharedOf: '1.22.1',
});

test('no two goldens are of versions that know the same', () => {
  const known = targets.flatMap(([, version]) =>
    version === null ? [] : Object.values(gates).filter(({ since }) => atLeast(version, since)).length,
  );
  expect(new Set(known).size).toBe(known.length);
});
