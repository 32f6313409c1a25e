import { join } from 'node:path';
import { goldenSuite } from '../conformance/golden-suite';
import { apacheCapabilities } from './capabilities';

goldenSuite({
  server: 'apache',
  folder: join(import.meta.dirname, 'golden'),
  extension: 'conf',
  targets: [
    ['unknown', null, null, 'rhel'],
    ['2.4.37', '2.4.37', '1.1.1', 'rhel'],
    ['2.4.39', '2.4.39', '1.1.1', 'alpine'],
    ['2.4.47', '2.4.47', '3.0.22', 'debian'],
    ['2.4.71', '2.4.71', '3.5.0', 'freebsd'],
  ],
  since: Object.values(apacheCapabilities),
});
