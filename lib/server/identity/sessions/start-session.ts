import 'server-only';
import { auth } from '../../door/auth/auth';

interface Answering {
  readonly address: string;
  readonly userAgent: string;
  readonly answer: Headers;
}

/** Starts a session inside the open transaction, puts its cookie on the answer, and returns its id. */
export async function startSession(
  { address, userAgent, answer }: Answering,
  userId: string,
  /** When they last gave a password, passkey or code: now, for who has just signed in with one. */
  provenAt: Date | null = new Date(),
): Promise<string> {
  const { response, headers } = await auth().api.startSession({
    body: { userId, ipAddress: address, userAgent, provenAt },
    returnHeaders: true,
  });
  for (const cookie of headers.getSetCookie()) answer.append('set-cookie', cookie);
  return response.id;
}
