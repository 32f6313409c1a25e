import 'server-only';
import { promises as dns, type LookupAddress } from 'node:dns';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { mayConnect } from './address-guard';

export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>;

interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Private addresses and ranges that are allowed all the same. */
  readonly allowedNetworks: readonly string[];
  readonly resolve?: Resolve;
  /** From the look-up of the name to the end of the answer. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** The outcome: the HTTP status where one arrived, and what went wrong, empty for a success. */
export interface PostOutcome {
  readonly answer: number | null;
  readonly error: string;
}

const keptAnswerBytes = 2048;
const discardedAnswerBytes = 65_536;
const keptErrorLength = 300;
const shortestSecret = 6;
const systemResolve: Resolve = (hostname) => dns.lookup(hostname, { all: true });

/**
 * Sends one POST to an address that a person typed. The name is looked up once, each address is checked, and the connection goes to
 * exactly those: a name that answers differently the second time is not asked a second time. Redirects are not followed, of the
 * answer only the beginning is read, and the whole ends with its time. Never throws.
 */
export async function guardedPost(posting: Posting): Promise<PostOutcome> {
  const { timeoutMs = 10_000 } = posting;
  const deadline = new AbortController();
  const late = new Error(`No answer within ${timeoutMs / 1000} s.`);
  const timer = setTimeout(() => deadline.abort(late), timeoutMs);
  const cancel = () => deadline.abort(new Error('The dashboard is stopping.'));
  posting.signal?.addEventListener('abort', cancel, { once: true });
  if (posting.signal?.aborted) cancel();
  try {
    const addresses = await checkedAddresses(posting, deadline.signal);
    return await exchange(posting, addresses, deadline.signal);
  } catch (error) {
    const reason: unknown = deadline.signal.aborted ? deadline.signal.reason : error;
    return { answer: null, error: explain(reason) };
  } finally {
    clearTimeout(timer);
    posting.signal?.removeEventListener('abort', cancel);
  }
}

async function checkedAddresses(
  { url, allowedNetworks, resolve = systemResolve }: Posting,
  signal: AbortSignal,
): Promise<readonly LookupAddress[]> {
  const { hostname, protocol } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new Refused('Only http and https addresses are called.');
  // A look-up cannot be cancelled; its answer is ignored when the time is over.
  const found = await Promise.race([resolve(hostname.replace(/^\[|\]$/g, '')), aborted(signal)]);
  const good = found.filter(({ address }) => mayConnect(address, allowedNetworks));
  if (good.length > 0) return good;
  throw new Refused(
    'The name leads to an internal address, which is not called. GATEHOUSE_WEBHOOK_ALLOWED_NETWORKS can allow it.',
  );
}

function exchange(
  { url, headers, body }: Posting,
  addresses: readonly LookupAddress[],
  signal: AbortSignal,
): Promise<PostOutcome> {
  const target = new URL(url);
  const [first] = addresses;
  const pinned: LookupFunction = (_hostname, options, callback) => {
    if (options.all) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const request = send(
      target,
      {
        method: 'POST',
        // A connection of its own: one that is kept could have been checked for somebody else.
        agent: false,
        lookup: pinned,
        signal,
        headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      },
      (response) => {
        const { statusCode: answer = 0 } = response;
        if (answer >= 200 && answer < 300) {
          discard(response);
          resolve({ answer, error: '' });
          return;
        }
        readBeginning(response).then(
          (text) => resolve({ answer, error: refusal(answer, hideAddress(text, target)) }),
          reject,
        );
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

/** Lets a receiver finish what it says, within reason: hanging up on it at once would show up as an error there. */
function discard(response: IncomingMessage): void {
  let size = 0;
  const timer = setTimeout(() => response.destroy(), 1000);
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > discardedAnswerBytes) response.destroy();
  });
  response.on('error', () => undefined);
  response.once('close', () => clearTimeout(timer));
}

async function readBeginning(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    chunks.push(chunk);
    size += chunk.length;
    if (size >= keptAnswerBytes) break;
  }
  response.destroy();
  return Buffer.concat(chunks).subarray(0, keptAnswerBytes).toString('utf8');
}

function refusal(status: number, text: string): string {
  if (status >= 300 && status < 400)
    return `Answered ${status}: redirects are not followed. Give the final address.`;
  const said = plain(text);
  return plain(said ? `Answered ${status}: ${said}` : `Answered ${status}.`);
}

/** Many receivers repeat the path they were asked for, and with it the secret in it. What is long enough to be one is left out. */
function hideAddress(text: string, { pathname, searchParams, username, password }: URL): string {
  const parts = [pathname.slice(1), ...pathname.split('/'), ...searchParams.values(), username, password];
  const forms = parts.flatMap((part) => [part, safeDecode(part), encodeURIComponent(part)]);
  return forms
    .filter((form) => form.length >= shortestSecret)
    .sort((a, b) => b.length - a.length)
    .reduce((hidden, form) => hidden.replaceAll(form, '…'), text);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

class Refused extends Error {}

/** What went wrong, in words; errors of the system by their code. */
function explain(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return explain(error.errors[0]);
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'The connection was refused.',
    ECONNRESET: 'The connection was closed before an answer came.',
    ENOTFOUND: 'The name cannot be found.',
    EAI_AGAIN: 'The name cannot be looked up at the moment.',
    EHOSTUNREACH: 'There is no way to this address.',
    ENETUNREACH: 'There is no way to this address.',
    ETIMEDOUT: 'No connection came about in time.',
  };
  return plain(known[code ?? ''] ?? message ?? 'It could not be sent.');
}

/** Text from outside as one short line. */
function plain(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\ufffd\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, keptErrorLength);
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(signal.reason);
    if (signal.aborted) fail();
    else signal.addEventListener('abort', fail, { once: true });
  });
}
