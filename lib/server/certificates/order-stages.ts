import 'server-only';
import { z } from 'zod';
import type { Authorization, Challenge, Order } from '#core/acme/resources';
import { putChallengesOnHost } from '../hosts/helper/host-certificates';
import { openHost } from '../hosts/open-host';
import { db } from '../platform/database/db';
import type { AcmeClient, Told } from './acme/acme-client';
import { AcmeError } from './acme/acme-error';
import { type CertificateRow, hostnamesOf, saveCertificate } from './certificate-row';
import { ensureAccount, issuerClient } from './issuer-client';
import { readChain } from './read-chain';

/** How soon a CA that names no time is asked again. */
const pollMs = 1_500;
/** An order that has not come to an end by then is given up. */
const longestOrderMs = 3_600_000;

const soon = (retryAt: Date | null) => retryAt ?? new Date(Date.now() + pollMs);
const Answered = z.array(z.string()).catch([]);

async function withClient(
  row: CertificateRow,
  signal: AbortSignal,
  work: (client: AcmeClient) => Promise<void>,
) {
  if (!row.issuer) return;
  const client = issuerClient(row.issuer, signal);
  try {
    await ensureAccount(client, row.issuer);
    await work(client);
  } finally {
    client.close();
  }
}

/** Makes the order, and writes down where it is before anything else is done with it. */
export const makeOrder = (row: CertificateRow, signal: AbortSignal): Promise<void> =>
  withClient(row, signal, async (client) => {
    const profile = row.profile ?? row.issuer?.profile ?? null;
    const replaces = row.chain && row.revokedAt === null ? readChain(row.chain).id : null;
    const names = hostnamesOf(row);
    const order = await client.newOrder(names, { profile, replaces }).catch((error: unknown) => {
      // A CA that says so was asked by somebody else before.
      if (replaces !== null && error instanceof AcmeError && error.status === 409)
        return client.newOrder(names, { profile });
      throw error;
    });
    await saveCertificate(row.id, {
      orderUrl: order.url,
      orderedAt: new Date(),
      answered: [],
      stage: 'challenge',
    });
  });

/** Proves the names that are not proven yet, as far as it goes now. */
export const proveNames = (row: CertificateRow, signal: AbortSignal): Promise<void> =>
  withClient(row, signal, async (client) => {
    const order = await client.order(row.orderUrl ?? '');
    if (order.value.status === 'invalid') throw orderFailed(order.value);
    if (order.value.status !== 'pending') return saveCertificate(row.id, { stage: 'finalize' });
    if (Date.now() - (row.orderedAt?.getTime() ?? 0) > longestOrderMs) throw tooLong();
    const known = await Promise.all(order.value.authorizations.map((url) => client.authorization(url)));
    for (const { value } of known) assertProvable(value);
    const answered = new Set(Answered.parse(row.answered));
    const due = known
      .filter(({ value }) => value.status === 'pending')
      .map(({ value }) => http01(value))
      .filter(({ url }) => !answered.has(url));
    if (due.length > 0) {
      await placeTokens(
        row,
        due.map(({ token }) => ({ token, answer: client.keyAuthorization(token) })),
      );
      for (const { url } of due) await client.answer(url);
      await saveCertificate(row.id, { answered: [...answered, ...due.map(({ url }) => url)] });
    }
    await saveCertificate(row.id, { nextAt: soon(latest(known)) });
  });

/** Has the CA sign the host's request, and keeps the chain. */
export const takeChain = (row: CertificateRow, signal: AbortSignal): Promise<void> =>
  withClient(row, signal, async (client) => {
    const { value, retryAt } = await client.order(row.orderUrl ?? '');
    switch (value.status) {
      case 'ready': {
        const { retryAt: after } = await client.finalize(value.finalize, row.csr ?? '');
        return saveCertificate(row.id, { nextAt: soon(after) });
      }
      case 'valid':
        return saveCertificate(row.id, {
          nextChain: await client.certificate(value.certificate ?? value.finalize),
          stage: 'install',
        });
      case 'processing':
        return saveCertificate(row.id, { nextAt: soon(retryAt) });
      case 'pending':
        return saveCertificate(row.id, { stage: 'challenge' });
      case 'invalid':
        throw orderFailed(value);
    }
  });

/** Every host that answers for the site gets the tokens: nobody knows which one the CA will ask. */
async function placeTokens(
  row: CertificateRow,
  tokens: readonly { token: string; answer: string }[],
): Promise<void> {
  const places = await db().siteTarget.findMany({
    where: { siteId: row.siteId, appliedRevision: { not: null } },
    select: { target: { select: { hostId: true } } },
  });
  for (const hostId of new Set(places.map(({ target }) => target.hostId))) {
    const transport = await openHost(hostId);
    await putChallengesOnHost(transport, tokens).finally(() => transport.close());
  }
}

function http01({ challenges, identifier }: Authorization): Challenge & { token: string } {
  const found = challenges.find(({ type }) => type === 'http-01');
  if (found?.token) return { ...found, token: found.token };
  throw new AcmeError('problem', {
    message: `The CA proves ${identifier.value} by ${challenges.map(({ type }) => type).join(', ') || 'nothing'} only.`,
    hint: 'A wildcard name cannot be proven over http: list the names one by one, or use certificate files for this site.',
  });
}

function assertProvable({ status, challenges, identifier }: Authorization): void {
  if (status === 'pending' || status === 'valid') return;
  const problem = challenges.find(({ error }) => error !== undefined)?.error;
  if (problem)
    throw AcmeError.of(
      { ...problem, identifier: problem.identifier ?? { value: identifier.value } },
      200,
      null,
    );
  throw new AcmeError('problem', {
    message: `The proof for ${identifier.value} is ${status} at the CA, which gives no reason.`,
    hint: 'Check that the name leads to this host and that port 80 is open to everybody.',
  });
}

const orderFailed = ({ error }: Order): AcmeError =>
  error
    ? AcmeError.of(error, 200, null)
    : new AcmeError('problem', {
        message: 'The CA abandoned the order and gives no reason.',
        hint: 'Check that the names lead to this host and that port 80 is open to everybody.',
      });

const tooLong = () =>
  new AcmeError('problem', {
    message: 'The CA did not reach a result within an hour.',
    hint: 'A new order is made automatically.',
  });

const latest = (known: readonly Told<unknown>[]): Date | null =>
  known
    .map(({ retryAt }) => retryAt)
    .reduce((late, one) => (one && (!late || one > late) ? one : late), null);
