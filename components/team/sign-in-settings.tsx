import { FactorSettings } from './factor-settings';
import { PasskeySettings } from './passkey-settings';
import { PasswordSettings } from './password-settings';
import { SessionsSettings } from './sessions-settings';

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
