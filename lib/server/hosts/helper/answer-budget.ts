import 'server-only';
import type { HelperRequest } from '#core/host/protocol';
import { TransportError } from '../../platform/errors/transport-error';

/** What is read of a host at most, whatever it says: the largest answer is 16 MiB of files as base64, and a line for each of 20,000 paths. */
const most = { bytes: 64 * 1024 * 1024, lines: 500_000 } as const;

const minutes = (count: number) => count * 60_000;

/** How long an answer may take in all. A silent host is given up sooner; this is for one that keeps talking. */
const longestMs: Readonly<Record<HelperRequest['verb'], number>> = {
  facts: minutes(5),
  inventory: minutes(5),
  state: minutes(15),
  read: minutes(15),
  preflight: minutes(15),
  // A slow host needs what it needs: its own limits end it.
  apply: minutes(120),
  confirm: minutes(15),
  hold: minutes(5),
  rollback: minutes(60),
  status: minutes(5),
  recover: minutes(60),
  certkey: minutes(5),
  certchain: minutes(5),
  pairs: minutes(5),
  challenge: minutes(5),
  rekey: minutes(5),
};

/** Counts what a host says to one request. */
export class AnswerBudget {
  #bytes = 0;
  #lines = 0;
  readonly #endsAt: number;

  constructor(
    private readonly verb: HelperRequest['verb'],
    private readonly now: () => number = () => performance.now(),
  ) {
    this.#endsAt = now() + longestMs[verb];
  }

  /** @throws TransportError `helper-protocol` where the line is more than an honest host says */
  spend(line: string): void {
    this.#lines += 1;
    this.#bytes += line.length + 1;
    const over =
      this.#bytes > most.bytes
        ? 'more text than the helper ever sends'
        : this.#lines > most.lines
          ? 'more lines than the helper ever sends'
          : this.now() > this.#endsAt
            ? 'for longer than the helper ever takes'
            : null;
    if (over === null) return;
    throw new TransportError(
      'helper-protocol',
      `The host was cut off: it went on answering ${over}.`,
      'Look at the login scripts of the account, and at who else may change them; run the bootstrap script again.',
      { verb: this.verb },
    );
  }
}
