import 'server-only';
import packageJson from '../../../../package.json' with { type: 'json' };
import { db } from '../../platform/database/db';
import { env } from '../../platform/env';
import { openSecret } from '../../platform/secrets/open-secret';
import { recordDelivery } from '../notify/record-try';
import { guardedPost, type PostOutcome, type Resolve } from './guarded-post';
import { signatureHeaders } from './sign-message';
import { testEvent } from './test-event';

interface Options {
  readonly signal?: AbortSignal;
  readonly resolve?: Resolve;
}

/** Makes one try to deliver a waiting message and keeps the outcome. A try that the end of the process cut off does not count. */
export async function deliverWebhook(deliveryId: string, { signal, resolve }: Options = {}): Promise<void> {
  const row = await db().webhookDelivery.findUnique({
    where: { id: deliveryId, status: 'waiting' },
    include: { webhook: { include: { url: true, signingKey: true } } },
  });
  if (!row) return;
  const { webhook, id, attempts, event } = row;
  let outcome: PostOutcome;
  try {
    const body = JSON.stringify(row.payload);
    const signed = webhook.signingKey
      ? signatureHeaders(openSecret(webhook.signingKey), { id, at: new Date(), body })
      : {};
    const { version } = packageJson;
    const headers = { 'content-type': 'application/json', 'user-agent': `Gatehouse/${version}`, ...signed };
    outcome = await guardedPost({
      url: openSecret(webhook.url),
      headers,
      body,
      allowedNetworks: env().webhookAllowedNetworks,
      ...(signal ? { signal } : {}),
      ...(resolve ? { resolve } : {}),
    });
  } catch (error) {
    // Another key file than the one that encrypted them; it may be put back.
    outcome = { answer: null, error: error instanceof Error ? error.message : 'It could not be sent.' };
  }
  if (signal?.aborted) return;
  await recordDelivery({ id, before: attempts, ...outcome, final: event === testEvent });
}
