import { join } from 'node:path';
import { goldenSuite } from '../conformance/golden-suite';
import { gates } from './capabilities';

goldenSuite({
  server: 'caddy',
  folder: join(import.meta.dirname, 'golden'),
  extension: 'caddy',
  targets: [
    ['unknown', null, null, 'rhel'],
    ['2.6.2', '2.6.2', null, 'debian'],
    ['2.7.0', '2.7.0', null, 'alpine'],
    ['2.8.0', '2.8.0', null, 'debian'],
    ['2.11.4', '2.11.4', null, 'freebsd'],
  ],
  since: Object.values(gates),
});
