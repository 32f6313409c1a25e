import 'server-only';
import { writeAudit } from '../door/audit';
import { write } from '../platform/database/write';
import { AppError } from '../platform/errors/app-error';
import { TransportError } from '../platform/errors/transport-error';
import { log } from '../platform/log';
import { AcmeError } from './acme/acme-error';
import { type CertificateRow, nothingUnderWay } from './certificate-row';
import { SwitchFailed } from './host-stages';
import { forgetAccount } from './issuer-client';

interface Verdict {
  readonly message: string;
  readonly hint: string;
  /** The order is no longer of use: the next attempt makes another one. */
  readonly over: boolean;
  readonly retryAt: Date | null;
}

/** After these, the same order goes on. */
const transient: ReadonlySet<string> = new Set([
  'rateLimited',
  'serverInternal',
  'badNonce',
  'accountDoesNotExist',
]);
/** At most one failing proof an hour for a name: a CA counts them. */
const afterFailureMs = 3_600_000;
const firstPauseMs = 30_000;
const longestPauseMs = 3_600_000;

/** Writes down why it did not go on, and when it is tried again. What is served stays as it is. */
export async function recordFailure(row: CertificateRow, error: unknown): Promise<void> {
  const verdict = judge(error);
  if (!verdict) log().error({ err: error, certificateId: row.id }, 'a certificate stopped unexpectedly');
  const { message, hint, over, retryAt } = verdict ?? unexpected;
  if (error instanceof AcmeError && error.type === 'accountDoesNotExist' && row.issuerId)
    await forgetAccount(row.issuerId);
  const now = new Date();
  const pauseMs = over
    ? afterFailureMs
    : Math.min(firstPauseMs * 2 ** Math.min(row.attempts, 12), longestPauseMs);
  const at = Math.max(now.getTime() + (retryAt && !over ? 0 : pauseMs), retryAt?.getTime() ?? 0);
  await write(async (tx) => {
    const { count } = await tx.certificate.updateMany({
      where: { id: row.id },
      data: {
        ...(over ? { ...nothingUnderWay, renewAt: new Date(at) } : {}),
        attempts: row.attempts + 1,
        problem: { message, hint },
        problemAt: now,
        nextAt: new Date(at),
      },
    });
    // One row in the record for each attempt that came to an end; pauses on the way are none.
    if (count === 0 || !over) return;
    await writeAudit(tx, {
      event: 'certificate.failed',
      teamIds: [row.teamId],
      actorId: null,
      actorLabel: 'dashboard',
      address: 'dashboard',
      requestId: row.switchId ?? row.id,
      subject: `certificate ${row.name}`,
      subjectId: row.id,
      detail: { site: row.site.name, host: row.target.host.name, issuer: row.issuerName, message, hint },
    });
  });
}

const unexpected: Verdict = {
  message: 'The dashboard ran into an internal error.',
  hint: 'It is tried again automatically; its log says more.',
  over: false,
  retryAt: null,
};

function judge(error: unknown): Verdict | null {
  if (error instanceof AcmeError) {
    const { message, hint, retryAt } = error;
    // Not to be reached, or not now: the order is still there.
    const over = error.kind === 'problem' && !transient.has(error.type);
    return { message, hint, over, retryAt };
  }
  if (error instanceof SwitchFailed)
    return { message: error.message, hint: error.hint, over: true, retryAt: null };
  if (error instanceof TransportError) {
    const refused = chainWords[error.code === 'helper-refused' ? String(error.detail.code) : ''];
    if (refused) return { ...refused, over: true, retryAt: null };
    return { message: error.message, hint: error.hint, over: false, retryAt: null };
  }
  if (error instanceof AppError)
    return { message: error.message, hint: error.hint ?? '', over: false, retryAt: null };
  return null;
}

const wrongChain =
  'The CA sent something else than what was asked for. Report it to the CA; a new order is made by itself.';

/** What the helper says of a chain that it does not take. */
const chainWords: Readonly<Record<string, { message: string; hint: string }>> = {
  'chain-not-of-key': {
    message: 'The certificate that the CA sent does not belong to the host’s key.',
    hint: wrongChain,
  },
  'chain-lacks-names': {
    message: 'The certificate that the CA sent does not cover all names.',
    hint: wrongChain,
  },
  'chain-expired': {
    message: 'The certificate that the CA sent has run out by the host’s clock.',
    hint: 'Check the host’s clock, and the CA’s.',
  },
  'chain-not-yet-valid': {
    message: 'The certificate that the CA sent is not valid yet by the host’s clock.',
    hint: 'Check the host’s clock, and the CA’s.',
  },
  'chain-incomplete': { message: 'The CA sent a certificate without its intermediates.', hint: wrongChain },
  'chain-out-of-order': {
    message: 'The certificates of the chain that the CA sent do not follow one from the other.',
    hint: wrongChain,
  },
  'chain-unreadable': { message: 'The CA sent a chain that cannot be read.', hint: wrongChain },
  'chain-holds-key': { message: 'The CA sent a private key, which is not stored.', hint: wrongChain },
  'generation-unknown': {
    message: 'The key that was made on the host is no longer there.',
    hint: 'A new one is made automatically.',
  },
};
