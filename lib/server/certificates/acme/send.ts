import 'server-only';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { retryAfter } from '#core/acme/retry-after';
import { AcmeError } from './acme-error';

/** An answer of a CA as it came, bounded. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;
  readonly location: string | null;
  readonly nonce: string | null;
  readonly retryAt: Date | null;
  readonly link: readonly string[];
}

const maxBytes = 262_144;
const defaultTimeoutMs = 20_000;

export interface Line {
  readonly agent: Agent;
  readonly timeoutMs: number;
}

/** Connections to one CA: trusted are the public roots, or for a private CA its own root alone. */
export function openLine(caPem: string | null, timeoutMs = defaultTimeoutMs): Line {
  return {
    agent: new Agent({ keepAlive: true, maxSockets: 4, ca: caPem === null ? [...rootCertificates] : caPem }),
    timeoutMs,
  };
}

/** One request; redirects are not followed, and size and time of the answer are limited. Throws `AcmeError`. */
export function send(
  { agent, timeoutMs }: Line,
  url: URL,
  {
    method,
    body,
    signal,
  }: { method: 'GET' | 'HEAD' | 'POST'; body?: string; signal?: AbortSignal | undefined },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown) => {
      clearTimeout(timer);
      reject(error instanceof AcmeError ? error : explain(error, url));
    };
    const sent = request(
      url,
      {
        method,
        agent,
        ...(signal ? { signal } : {}),
        headers: {
          'user-agent': 'gatehouse',
          accept: 'application/json, application/problem+json, application/pem-certificate-chain',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/jose+json', 'content-length': String(Buffer.byteLength(body)) }),
        },
      },
      (response) => {
        read(response).then((text) => {
          clearTimeout(timer);
          const { headers, statusCode = 0 } = response;
          resolve({
            status: statusCode,
            contentType: headers['content-type'] ?? '',
            text,
            location: headers.location ?? null,
            nonce: one(headers['replay-nonce']),
            retryAt: retryAfter(headers['retry-after'], new Date()),
            link: [headers.link ?? []].flat(),
          });
        }, fail);
      },
    );
    // The whole exchange has one time: a CA that sends a byte a second hangs as well.
    const timer = setTimeout(() => sent.destroy(late(url, timeoutMs)), timeoutMs);
    sent.on('error', fail);
    sent.end(body);
  });
}

const one = (value: string | string[] | undefined): string | null => [value ?? []].flat()[0] ?? null;

async function read(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw new AcmeError('not-acme', {
        message: `The CA’s answer is longer than ${maxBytes / 1024} KiB.`,
        hint: 'Check the directory URL of the issuer.',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const late = (url: URL, timeoutMs: number) =>
  new AcmeError('timeout', {
    message: `${url.host} did not answer within ${timeoutMs / 1000} s.`,
    hint: 'It is tried again automatically. Check that the dashboard reaches the CA.',
  });

const untrusted = /CERT|SELF_SIGNED|UNABLE_TO|ALTNAME|ISSUER|DEPTH/;

function explain(error: unknown, url: URL): AcmeError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const text = error instanceof Error ? error.message : String(error);
  if (untrusted.test(code)) {
    return new AcmeError('untrusted', {
      message: `The certificate of ${url.host} is not trusted: ${text.slice(0, 200)} (${code}).`,
      hint: 'For a private CA, give the issuer the CA’s root certificate. If it has one, it is not the one that signed this.',
    });
  }
  return new AcmeError('unreachable', {
    message: `${url.host} could not be reached: ${text.slice(0, 200)}`,
    hint: 'Check the directory URL, and that the dashboard reaches the CA.',
  });
}
