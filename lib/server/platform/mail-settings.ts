import 'server-only';
import { z } from 'zod';

/** Variables of the environment that say how e-mail leaves. */
export const mailVariables = {
  /** `smtp://user:password@mail.example.com:587` or `smtps://…`; instead of the four that follow. */
  GATEHOUSE_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  GATEHOUSE_SMTP_HOST: z.string().min(1).max(253).optional(),
  GATEHOUSE_SMTP_PORT: z.coerce.number().int().min(1).max(65535).optional(),
  GATEHOUSE_SMTP_USER: z.string().min(1).optional(),
  GATEHOUSE_SMTP_PASSWORD_FILE: z.string().min(1).optional(),
  /** Whether the connection is encrypted: from the start, by STARTTLS (which then must succeed), or not. */
  GATEHOUSE_SMTP_TLS: z.enum(['implicit', 'starttls', 'none']).optional(),
  /** Certificates in PEM that the mail server’s is checked against, in addition to the well-known ones. */
  GATEHOUSE_SMTP_CA_FILE: z.string().min(1).optional(),
  /** `gatehouse@example.com`, or `Gatehouse <gatehouse@example.com>`. */
  GATEHOUSE_MAIL_FROM: z
    .string()
    .regex(/^(?:[^<>\p{Cc}]{1,100}<[^<>\s]+@[^<>\s]+>|[^<>\s]+@[^<>\s]+)$/u, 'must be an e-mail address')
    .optional(),
};
type Given = z.output<z.ZodObject<typeof mailVariables>>;

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly user: string | null;
  /** Where the password is; read when it is needed. */
  readonly password: { readonly text: string } | { readonly file: string } | null;
  readonly caFile: string | null;
  readonly from: { readonly name: string; readonly address: string };
}

const loopback = new Set(['localhost', '127.0.0.1', '::1']);
const usualPort = { implicit: 465, starttls: 587, none: 25 } as const;

/**
 * How e-mail leaves, `null` when nothing was said of it. A mail server on this machine is spoken to as it is, every other one through TLS
 * unless told otherwise; a password never goes over a network in the clear.
 */
export function mailSettings(given: Given, context: z.core.$RefinementCtx): MailSettings | null {
  const wrong = (path: keyof Given, message: string) => {
    context.addIssue({ code: 'custom', path: [path], message });
    return null;
  };
  const url = given.GATEHOUSE_SMTP_URL ? new URL(given.GATEHOUSE_SMTP_URL) : null;
  if (url && given.GATEHOUSE_SMTP_HOST) return wrong('GATEHOUSE_SMTP_HOST', 'is given by the URL already');
  const host = url ? url.hostname.replace(/^\[|\]$/g, '') : given.GATEHOUSE_SMTP_HOST;
  if (!host) return null;
  if (!given.GATEHOUSE_MAIL_FROM) return wrong('GATEHOUSE_MAIL_FROM', 'is needed to send e-mail');
  const here = loopback.has(host);
  const tls =
    given.GATEHOUSE_SMTP_TLS ?? (url?.protocol === 'smtps:' ? 'implicit' : here ? 'none' : 'starttls');
  const user = url?.username ? decodeURIComponent(url.username) : (given.GATEHOUSE_SMTP_USER ?? null);
  const password = url?.password
    ? { text: decodeURIComponent(url.password) }
    : given.GATEHOUSE_SMTP_PASSWORD_FILE
      ? { file: given.GATEHOUSE_SMTP_PASSWORD_FILE }
      : null;
  if ((user === null) !== (password === null))
    return wrong('GATEHOUSE_SMTP_USER', 'and the password must be given together');
  if (user !== null && tls === 'none' && !here)
    return wrong('GATEHOUSE_SMTP_TLS', 'must not be none where a password is sent over a network');
  const [, name = '', inner] = /^(.*)<(.+)>$/.exec(given.GATEHOUSE_MAIL_FROM) ?? [];
  return {
    host,
    port: url?.port ? Number(url.port) : (given.GATEHOUSE_SMTP_PORT ?? usualPort[tls]),
    tls,
    user,
    password,
    caFile: given.GATEHOUSE_SMTP_CA_FILE ?? null,
    from: { name: name.trim(), address: inner ?? given.GATEHOUSE_MAIL_FROM },
  };
}
