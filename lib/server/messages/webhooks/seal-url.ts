import 'server-only';
import { isIP } from 'node:net';
import type { WriteDb } from '../../platform/database/db';
import { env } from '../../platform/env';
import { fieldProblem } from '../../platform/errors/field-problem';
import { sealSecret } from '../../platform/secrets/seal-secret';
import { mayConnect } from './address-guard';

/**
 * Stores an address encrypted: many of them are a secret as a whole. Names are looked up only when something is sent, since they may
 * lead elsewhere then.
 *
 * @throws AppError `invalid` for a number that will never be called
 */
export async function sealUrl(tx: WriteDb, teamId: string, url: string) {
  const { hostname, port } = new URL(url);
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !mayConnect(bare, env().webhookAllowedNetworks)) {
    throw fieldProblem(
      'webhook.internal',
      ['url'],
      'must not be an internal address',
      'The administrator of this installation can allow a range: GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS.',
    );
  }
  const urlId = await sealSecret(tx, { teamId, purpose: 'webhook-url', value: url });
  return { urlId, urlHost: port ? `${hostname}:${port}` : hostname };
}
