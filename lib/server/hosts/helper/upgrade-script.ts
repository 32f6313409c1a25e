import 'server-only';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findHelperDirectory, helperSha256, helperText } from './helper-text';

/** The script that a person reads and runs as root on hosts whose helper is older than this dashboard: the same for all of them. */
export const upgradeScript = (): string =>
  readFileSync(join(findHelperDirectory(), 'upgrade.sh'), 'utf8')
    .replace('@SHA256@', helperSha256)
    .replace('@HELPER@', () => helperText().trimEnd())
    .replaceAll('@END_OF_HELPER@', () => 'END_OF_GATEHOUSE_HELPER');
