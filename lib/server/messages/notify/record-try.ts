import 'server-only';
import { write } from '../../platform/database/write';
import { metrics } from '../../platform/metrics';
import { nextTry } from './next-try';

interface Try {
  readonly id: string;
  /** Tries that were made before this one. */
  readonly before: number;
  /** What went wrong; empty when it arrived. */
  readonly error: string;
  /** Another try cannot help. */
  readonly final?: boolean;
}

/** Columns of a message after one more try. */
function outcome({ before, error, final = false }: Try) {
  const attempts = before + 1;
  const now = new Date();
  if (error === '') return { status: 'delivered', attempts, error, nextAt: null, finishedAt: now };
  const again = final ? null : nextTry(attempts, now.getTime());
  return again === null
    ? { status: 'failed', attempts, error, nextAt: null, finishedAt: now }
    : { status: 'waiting', attempts, error, nextAt: again, finishedAt: null };
}

/** Keeps the outcome of sending a delivery. One that was deleted or settled meanwhile stays so. */
export async function recordDelivery(attempt: Try & { readonly answer: number | null }): Promise<void> {
  const data = { ...outcome(attempt), answer: attempt.answer };
  metrics().messages.inc({ channel: 'webhook', outcome: attempt.error === '' ? 'delivered' : 'failed' });
  await write((tx) => tx.webhookDelivery.updateMany({ where: { id: attempt.id, status: 'waiting' }, data }));
}

/** Keeps the outcome of sending an e-mail. */
export async function recordMail(attempt: Try): Promise<void> {
  const data = outcome(attempt);
  metrics().messages.inc({ channel: 'mail', outcome: attempt.error === '' ? 'delivered' : 'failed' });
  await write((tx) => tx.mail.updateMany({ where: { id: attempt.id, status: 'waiting' }, data }));
}

/** Forgets messages that were settled before an instant. */
export async function forgetMessages(before: Date): Promise<void> {
  await write(async (tx) => {
    await tx.webhookDelivery.deleteMany({ where: { finishedAt: { lt: before } } });
    await tx.mail.deleteMany({ where: { finishedAt: { lt: before } } });
  });
}
