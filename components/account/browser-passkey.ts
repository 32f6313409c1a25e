import type { BodyFor } from '#queries/call';
import { challengePasskey, preparePasskey } from '#queries/passkeys';

type Registration = Parameters<typeof import('@simplewebauthn/browser').startRegistration>[0]['optionsJSON'];
type Authentication = Parameters<
  typeof import('@simplewebauthn/browser').startAuthentication
>[0]['optionsJSON'];

// Fetched with the first press: most visits use no passkey.
const library = () => import('@simplewebauthn/browser');

/** Passkeys need a browser that knows them and a page that was reached by a name over HTTPS, or by `localhost`. */
export const passkeysPossible = (): boolean =>
  typeof window !== 'undefined' &&
  window.isSecureContext &&
  typeof window.PublicKeyCredential === 'function' &&
  !/^[\d.]+$|^\[/.test(window.location.hostname);

/** Lets the browser make a passkey; throws what it says when the person or the device does not want to. */
export async function makePasskey(): Promise<Pick<BodyFor<'passkeys.create'>, 'ticket' | 'credential'>> {
  const { ticket, options } = await preparePasskey();
  const { startRegistration } = await library();
  const made = await startRegistration({ optionsJSON: options as unknown as Registration });
  const { clientDataJSON, attestationObject, transports = [] } = made.response;
  return { ticket, credential: { id: made.id, clientDataJSON, attestationObject, transports } };
}

/** Lets the browser prove a passkey. */
export async function provePasskey(): Promise<BodyFor<'passkeys.signIn'>> {
  const { ticket, options } = await challengePasskey();
  const { startAuthentication } = await library();
  const used = await startAuthentication({ optionsJSON: options as unknown as Authentication });
  const { clientDataJSON, authenticatorData, signature } = used.response;
  return { ticket, credential: { id: used.id, clientDataJSON, authenticatorData, signature } };
}

/** What a refused ceremony means to the person; `null` for trouble that the server tells itself. */
export function passkeyTrouble(error: unknown): string | null {
  if (!(error instanceof Error) || error.name === 'ProblemError') return null;
  if (error.name === 'InvalidStateError') return 'This device has a passkey for your account already.';
  if (error.name === 'NotAllowedError' || error.name === 'AbortError')
    return 'The browser did not finish: it was cancelled, took too long, or has no passkey for this address.';
  return 'The browser could not use a passkey here.';
}
