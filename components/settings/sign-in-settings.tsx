import { FactorSettings } from '../account/factor-settings';
import { PasskeySettings } from '../account/passkey-settings';
import { PasswordSettings } from '../account/password-settings';
import { SessionsSettings } from '../account/sessions-settings';

/** How the signed-in person signs in, and where they did. */
export function SignInSettings() {
  return (
    <div className="flex flex-col gap-5">
      <FactorSettings />
      <PasskeySettings />
      <PasswordSettings />
      <SessionsSettings />
    </div>
  );
}
