import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { changeKey } from './change-key';
import { describeHost } from './describe-host';
import { findHost } from './find-host';
import { parsePublicKey } from './ssh/public-key';

const fingerprint = (line: string | null) => (line ? (parsePublicKey(line)?.fingerprint ?? null) : null);

/** Replaces a host's key, or locks it down, and puts on record how far that got. A failure leaves a key that works. */
export const replaceKey: Handler<typeof contract.hosts.changeKey> = async ({
  db,
  params,
  body,
  signal,
  change,
}) => {
  const before = await findHost(db, params.id);
  const { changed, failedStep, error } = await changeKey(before.id, body, { signal });
  const value = await change(async (tx) => {
    const now = await findHost(tx, before.id);
    const detail = {
      access: body.access,
      install: body.install,
      changed,
      before: fingerprint(before.publicKey),
      after: fingerprint(now.publicKey),
      ...(failedStep ? { failedAt: failedStep } : {}),
    };
    return {
      value: describeHost(now),
      audit: { subject: `host ${before.name}`, subjectId: before.id, detail },
    };
  });
  // Once the new key is the one in use, an old one that could not be taken out is a matter of the host's page.
  if (error && !changed) throw error;
  return value;
};
