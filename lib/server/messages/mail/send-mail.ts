import 'server-only';
import { mailer } from './mailer';

interface OutgoingMail {
  /** Names the mail: sent twice, it is recognised. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The outcome: what went wrong, empty for a success, and whether another try could help. */
export interface MailOutcome {
  readonly error: string;
  readonly final: boolean;
}

const oneAddress = /^[^\s<>,;:"()[\]\\@\p{Cc}]+@[^\s<>,;:"()[\]\\@\p{Cc}]+$/u;

/**
 * Hands one e-mail to the mail server. There is one recipient, and no name or text can add another, a header or an attachment. Never
 * throws; what the server says is told without the password, in case it repeats that.
 */
export async function sendMail({ id, to, subject, text }: OutgoingMail): Promise<MailOutcome> {
  let password = '';
  try {
    const found = mailer();
    if (found === null) return { error: 'E-mail is no longer set up.', final: true };
    if (!oneAddress.test(to)) return { error: 'The address cannot be written to.', final: true };
    password = found.password;
    const { from } = found.settings;
    await found.transport.sendMail({
      from,
      to: { name: '', address: to },
      envelope: { from: from.address, to: [to] },
      subject: subject.replace(/[\p{Cc}\u2028\u2029]+/gu, ' '),
      text,
      messageId: `<${id}@${from.address.split('@').at(-1)}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    });
    return { error: '', final: false };
  } catch (error) {
    const { responseCode = 0, code = '' } = error as { responseCode?: number; code?: string };
    // This recipient or this text is refused for good. All else, such as a wrong password, is fixed by somebody.
    const final = responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
    return { error: explain(error, password), final };
  }
}

function explain(error: unknown, password: string): string {
  const text = error instanceof Error ? error.message : 'It could not be sent.';
  const hidden =
    password === ''
      ? text
      : text.replaceAll(password, '…').replaceAll(Buffer.from(password).toString('base64'), '…');
  return hidden
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 300);
}
