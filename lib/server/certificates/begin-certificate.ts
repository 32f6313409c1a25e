import 'server-only';
import { randomBytes } from 'node:crypto';
import { nothingUnderWay } from './certificate-row';

/** The first thing that is written down for a new certificate: the generation that the host will make its key for. */
export function beginCertificate(now: Date) {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  return {
    ...nothingUnderWay,
    stage: 'key',
    nextGeneration: `${day}-${randomBytes(6).toString('hex')}`,
    answered: [],
    nextAt: now,
  } as const;
}
