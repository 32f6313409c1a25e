import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Operation } from '#api/operation';
import { db, type WriteDb } from '../platform/database/db';
import { AppError } from '../platform/errors/app-error';
import { singleton } from '../platform/singleton';

const keptMs = 24 * 3_600_000;
/** Calls under way in this process, by the name that their callers gave them. */
const underWay = singleton('door.under-way', () => new Set<string>());

interface Call {
  readonly operation: Operation;
  readonly teamId: string;
  readonly userId: string;
  readonly key: string;
  /** Parsed parameters, query and body. */
  readonly input: unknown;
}

const Kept = z.object({ body: z.json(), etag: z.string().nullable() });
interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly etag: string | null;
}

export interface Once {
  /** What the first call was answered; the operation must not run again. */
  readonly answer: Answer | null;
  /** Keeps the answer in the transaction of the change: both are there afterwards, or neither. */
  keep(tx: WriteDb, body: unknown, etag: string | null): Promise<void>;
  /** The call is over, however it ended. */
  end(): void;
}

/** The same for the same value, whatever the order of its fields. */
function digest(value: unknown): string {
  const sorted = (_: string, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part;
  return createHash('sha256').update(JSON.stringify(value, sorted)).digest('hex');
}

const inFlight = () =>
  new AppError('conflict', 'The first call with this Idempotency-Key is still under way.', {
    hint: 'Repeat it in a moment to get its answer.',
    retryAfterSeconds: 1,
  });

/**
 * Makes sure that a call named by its caller happens once: keys live for a day, per person, team and operation. A call that failed has changed
 * nothing and leaves nothing, so it may be repeated under its key.
 *
 * @throws AppError `conflict` while the first call is under way, `invalid` when another request uses the key again
 */
export async function answerOnce({ operation, teamId, userId, key, input }: Call): Promise<Once> {
  const name = { teamId, userId, operation: operation.id, key };
  const place = JSON.stringify(Object.values(name));
  if (underWay.has(place)) throw inFlight();
  underWay.add(place);
  const end = () => void underWay.delete(place);
  try {
    const requestHash = digest(input);
    const row = await db().idempotencyKey.findUnique({ where: { teamId_userId_operation_key: name } });
    const known = row && row.createdAt.getTime() > Date.now() - keptMs ? row : null;
    if (known && known.requestHash !== requestHash) {
      throw new AppError('invalid', 'This Idempotency-Key was used for another request.', {
        hint: 'Send a new key with every new request; repeat a key only with exactly the same request.',
      });
    }
    return {
      answer: known ? { status: known.status, ...Kept.parse(known.response) } : null,
      end,
      keep: async (tx, body, etag) => {
        await tx.idempotencyKey.deleteMany({ where: { createdAt: { lte: new Date(Date.now() - keptMs) } } });
        const response = Kept.parse({ body: JSON.parse(JSON.stringify(body)), etag });
        await tx.idempotencyKey
          .create({ data: { ...name, requestHash, status: operation.status, response } })
          .catch((error: unknown) => {
            // Another process on the same database was quicker.
            throw error instanceof Error && 'code' in error && error.code === 'P2002' ? inFlight() : error;
          });
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
