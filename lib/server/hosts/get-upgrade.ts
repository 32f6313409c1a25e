import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { helperSha256 } from './helper/helper-text';
import { upgradeScript } from './helper/upgrade-script';

/** The same script for all locked-down hosts. No key of the dashboard can run it: root does. */
export const getUpgrade: Handler<typeof contract.hosts.upgrade> = () => ({
  fileName: 'gatehouse-upgrade.sh',
  script: upgradeScript(),
  helperSha256: helperSha256(),
});
