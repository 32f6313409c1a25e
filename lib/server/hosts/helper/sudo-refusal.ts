import 'server-only';

interface SudoRefusal {
  readonly message: string;
  readonly hint: string;
  /** `requiretty`, or what a rule for the account settles. */
  readonly cause: 'rule' | 'terminal' | 'missing';
}

const rule = 'Allow it in sudoers: “<user> ALL=(root) NOPASSWD: ALL”, or connect as root, or enrol the host.';

/**
 * Why an account could not become root, by sudo's own words; `null` where they are about something else.
 *
 * Source: sudo 1.9 plugins/sudoers/policy.c and plugins/sudoers/logging.c ("you must have a tty", "is not in the sudoers file"),
 * plugins/sudoers/auth/sudo_auth.c ("a password is required"), src/tgetpass.c ("a terminal is required to read the password").
 */
export function sudoRefusal(said: string): SudoRefusal | null {
  if (/must have a tty/i.test(said))
    return {
      cause: 'terminal',
      message: 'sudo wants a terminal on this host (requiretty); a rule without a password does not help.',
      hint: 'Put “Defaults:<user> !requiretty” into a file in /etc/sudoers.d, or connect as root, or enrol the host.',
    };
  if (/sudo: (?:command )?not found|command not found: sudo/i.test(said))
    return {
      cause: 'missing',
      message: 'There is no sudo on this host.',
      hint: 'Install sudo and give the account a rule, or connect as root, or enrol the host.',
    };
  if (/not in the sudoers file|not allowed to (?:execute|run)|may not run/i.test(said))
    return { cause: 'rule', message: 'sudo lets the account do nothing.', hint: rule };
  if (/sudo|password|tty|not allowed|command not found/i.test(said))
    return { cause: 'rule', message: 'The account may not become root without a password.', hint: rule };
  return null;
}
