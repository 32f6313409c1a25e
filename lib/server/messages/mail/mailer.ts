import 'server-only';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import { createTransport } from 'nodemailer';
import { env } from '../../platform/env';
import type { MailSettings } from '../../platform/mail-settings';
import { readSecretFile } from '../../platform/secrets/read-secret-file';
import { singleton } from '../../platform/singleton';

const timeoutMs = 20_000;

const passwordOf = ({ password }: MailSettings): string => {
  if (password === null) return '';
  return 'text' in password ? password.text : readSecretFile(password.file);
};

function connect(settings: MailSettings) {
  const { host, port, tls, user, caFile } = settings;
  return createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(user === null ? {} : { auth: { user, pass: passwordOf(settings) } }),
    ...(caFile === null ? {} : { tls: { ca: [...rootCertificates, readFileSync(caFile, 'utf8')] } }),
    // A text stays a text, whatever it looks like.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

export interface Mailer {
  readonly settings: MailSettings;
  readonly password: string;
  readonly transport: ReturnType<typeof connect>;
}

/**
 * The way to the mail server, `null` when none is set up. Throws for a password file that is missing or open to others; asked again,
 * it looks again.
 */
export function mailer(): Mailer | null {
  const settings = env().mail;
  if (settings === null) return null;
  return singleton('mailer', () => ({
    settings,
    password: passwordOf(settings),
    transport: connect(settings),
  }));
}
