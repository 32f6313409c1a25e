import 'server-only';
import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { AcmeProblem, Authorization, Challenge, Directory, Order, RenewalInfo } from '#core/acme/resources';
import { AcmeError, notAcme } from './acme-error';
import { bindExternalAccount, signRequest, thumbprint } from './jws';
import { type Answer, type Line, openLine, send } from './send';

/** Where a CA is, whom to trust there, and who asks. */
export interface AcmeAccount {
  readonly directoryUrl: string;
  /** Root of a private CA; `null`: the public ones. */
  readonly caPem: string | null;
  readonly key: KeyObject;
  /** What the CA called the account; `null` before there is one. */
  readonly accountUrl: string | null;
}

/** A resource with where it is and when it may be asked for again. */
export interface Told<T> {
  readonly value: T;
  readonly url: string;
  readonly retryAt: Date | null;
}

/** A CA may refuse nonces for reasons of its own (RFC 8555, section 6.5): each refusal brings the next one. */
const nonceTries = 24;

/**
 * An ACME client (RFC 8555, 9773) of one account. It never sleeps: `Retry-After` is given to the caller, as part of what was told or of the
 * `AcmeError`. Certificate keys are none of its business: it takes requests (CSR) made elsewhere.
 */
export class AcmeClient {
  readonly #line: Line;
  readonly #origin: string;
  #directory: Directory | null = null;
  #nonce: string | null = null;
  #accountUrl: string | null;

  constructor(
    private readonly account: AcmeAccount,
    private readonly options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ) {
    this.#line = openLine(account.caPem, options.timeoutMs);
    this.#origin = new URL(account.directoryUrl).origin;
    this.#accountUrl = account.accountUrl;
  }

  get accountUrl(): string | null {
    return this.#accountUrl;
  }

  /** Gives the connections back. */
  close(): void {
    this.#line.agent.destroy();
  }

  async directory(): Promise<Directory> {
    if (this.#directory) return this.#directory;
    const url = this.#own(this.account.directoryUrl);
    const answer = await send(this.#line, url, { method: 'GET', signal: this.options.signal });
    this.#directory = this.#parse(Directory, answer, url);
    return this.#directory;
  }

  /** Makes the account, or finds the one of this key. `eab`: the CA's key id and HMAC key (base64url). */
  async newAccount({
    email,
    eab,
  }: {
    readonly email: string | null;
    readonly eab: { readonly kid: string; readonly hmacKey: string } | null;
  }): Promise<string> {
    const { newAccount } = await this.directory();
    const payload = {
      termsOfServiceAgreed: true,
      ...(email ? { contact: [`mailto:${email}`] } : {}),
      ...(eab ? { externalAccountBinding: bindExternalAccount(this.account.key, newAccount, eab) } : {}),
    };
    const answer = await this.#post(newAccount, payload, { withKey: true });
    if (!answer.location) throw notAcme(new URL(newAccount), answer.status, answer.text);
    this.#accountUrl = this.#own(answer.location).href;
    return this.#accountUrl;
  }

  /** `replaces`: the certificate (see `certificateId`) that this one is for, where the CA knows ARI. */
  async newOrder(
    names: readonly string[],
    { profile, replaces }: { readonly profile?: string | null; readonly replaces?: string | null } = {},
  ): Promise<Told<Order>> {
    const { newOrder, renewalInfo } = await this.directory();
    const payload = {
      identifiers: names.map((value) => ({ type: 'dns', value })),
      ...(profile ? { profile } : {}),
      ...(replaces && renewalInfo ? { replaces } : {}),
    };
    const answer = await this.#post(newOrder, payload);
    if (!answer.location) throw notAcme(new URL(newOrder), answer.status, answer.text);
    return this.#told(Order, answer, answer.location);
  }

  order = (url: string): Promise<Told<Order>> => this.#get(Order, url);
  authorization = (url: string): Promise<Told<Authorization>> => this.#get(Authorization, url);

  /** Tells the CA that the answer to a challenge is in place. */
  async answer(challengeUrl: string): Promise<Told<Challenge>> {
    return this.#told(Challenge, await this.#post(challengeUrl, {}), challengeUrl);
  }

  /** What has to be found under a token. */
  keyAuthorization = (token: string): string => `${token}.${thumbprint(this.account.key)}`;

  /** `csr`: DER as base64url. */
  async finalize(url: string, csr: string): Promise<Told<Order>> {
    return this.#told(Order, await this.#post(url, { csr }), url);
  }

  /** The chain as PEM, the certificate first. */
  async certificate(url: string): Promise<string> {
    const answer = await this.#post(url, null);
    if (!answer.text.includes('-----BEGIN CERTIFICATE-----'))
      throw notAcme(new URL(url), answer.status, answer.text);
    return answer.text;
  }

  /** When the CA wants a certificate to be renewed; `null` where it does not say. */
  async renewalInfo(id: string): Promise<Told<RenewalInfo> | null> {
    const { renewalInfo } = await this.directory();
    if (!renewalInfo) return null;
    const url = this.#own(`${renewalInfo.replace(/\/$/, '')}/${id}`);
    const answer = await send(this.#line, url, { method: 'GET', signal: this.options.signal });
    return this.#told(RenewalInfo, answer, url.href);
  }

  /** `certificate`: DER as base64url. `reason`: RFC 5280, section 5.3.1. */
  async revoke(certificate: string, reason: number): Promise<void> {
    const { revokeCert } = await this.directory();
    await this.#post(revokeCert, { certificate, reason });
  }

  /** From now on the account has another key. The caller keeps it before and after, until this has answered. */
  async changeKey(next: KeyObject): Promise<void> {
    const { keyChange } = await this.directory();
    const { jwk: oldKey } = JSON.parse(
      Buffer.from(signRequest(this.account.key, null, { url: keyChange }).protected, 'base64url').toString(),
    ) as { jwk: unknown };
    const inner = signRequest(next, { account: this.#accountUrl, oldKey }, { url: keyChange });
    await this.#post(keyChange, inner);
  }

  async #get<S extends z.ZodType>(schema: S, url: string): Promise<Told<z.output<S>>> {
    return this.#told(schema, await this.#post(url, null), url);
  }

  #told<S extends z.ZodType>(schema: S, answer: Answer, url: string): Told<z.output<S>> {
    const at = this.#own(url);
    return { value: this.#parse(schema, answer, at), url: at.href, retryAt: answer.retryAt };
  }

  async #post(url: string, payload: unknown, { withKey = false } = {}): Promise<Answer> {
    const at = this.#own(url);
    for (let left = nonceTries; ; left--) {
      const nonce = this.#nonce ?? (await this.#newNonce());
      this.#nonce = null;
      const kid = withKey ? null : this.#accountUrl;
      const body = JSON.stringify(signRequest(this.account.key, payload, { url: at.href, nonce, kid }));
      const answer = await send(this.#line, at, { method: 'POST', body, signal: this.options.signal });
      this.#nonce = answer.nonce;
      if (answer.status < 400) return answer;
      const error = refusal(answer, at);
      if (error.type !== 'badNonce' || left <= 1) throw error;
    }
  }

  async #newNonce(): Promise<string> {
    const url = this.#own((await this.directory()).newNonce);
    const answer = await send(this.#line, url, { method: 'HEAD', signal: this.options.signal });
    if (!answer.nonce) throw notAcme(url, answer.status, 'no nonce');
    return answer.nonce;
  }

  #parse<S extends z.ZodType>(schema: S, answer: Answer, url: URL): z.output<S> {
    if (answer.status >= 300) throw refusal(answer, url);
    const parsed = schema.safeParse(json(answer.text));
    if (!parsed.success) throw notAcme(url, answer.status, answer.text);
    return parsed.data;
  }

  /** A CA leads to its own addresses only: what it answers must not send the dashboard elsewhere in its own network. */
  #own(url: string): URL {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed?.origin === this.#origin && parsed.protocol === 'https:') return parsed;
    throw new AcmeError('not-acme', {
      message: `The CA at ${this.#origin} leads to another address, ${url.slice(0, 200)}, which is not followed.`,
      hint: 'Check the directory URL of the issuer: it has to begin with https:// and name the CA itself.',
    });
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function refusal(answer: Answer, url: URL): AcmeError {
  const parsed = AcmeProblem.safeParse(json(answer.text));
  if (!parsed.success || !answer.contentType.includes('json')) {
    // A limit may come from whatever is in front of the CA.
    if (answer.status === 429 || answer.status >= 500) {
      const problem = {
        type: `urn:ietf:params:acme:error:${answer.status === 429 ? 'rateLimited' : 'serverInternal'}`,
        detail: `HTTP ${answer.status}`,
      };
      return AcmeError.of(problem, answer.status, answer.retryAt);
    }
    return notAcme(url, answer.status, answer.text);
  }
  return AcmeError.of(parsed.data, answer.status, answer.retryAt);
}
