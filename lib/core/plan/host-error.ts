import type { Issue } from '../issue';

interface Words {
  readonly message: string;
  readonly hint?: string;
}

const tryAgain = 'Make a new plan and apply that.';
const takeUp = 'Apply the same plan again, or make a new one.';
const asIssuer = 'The certificate that was served stays. Try again, and ask the issuer if it happens again.';
const lookAtHost = 'Look at the host: the step’s output says what it ran into.';

/** What the host's reasons for refusing or undoing an apply mean, for people. */
const words: Readonly<Record<string, Words>> = {
  'admin-off': {
    message:
      'The admin endpoint of Caddy is off, so it cannot be told to load anything. Nothing was written.',
    hint: 'Replace “admin off” in /etc/caddy/Caddyfile by “admin localhost:2019” and restart Caddy once.',
  },
  'admin-odd': {
    message: 'The admin endpoint of Caddy is in no form that can be asked. Nothing was written.',
    hint: 'Write it as “admin localhost:2019” or “admin unix//run/caddy/admin.sock”, and restart Caddy once.',
  },
  'admin-silent': {
    message:
      'Caddy’s admin endpoint does not answer where /etc/caddy/Caddyfile says it is. Nothing was written.',
    hint: 'Restart Caddy once, so that it runs with that setting.',
  },
  'apply-confirmed': {
    message: 'The apply was confirmed already, so it cannot be undone this way.',
    hint: 'Plan and apply the earlier revision.',
  },
  'apply-known': {
    message: 'The host has seen this apply already and does not run it twice.',
    hint: tryAgain,
  },
  'apply-running': { message: 'The host is still at work on this apply.', hint: 'Wait for it to end.' },
  'apply-unknown': {
    message: 'The host does not know this apply: none of it was written.',
    hint: tryAgain,
  },
  'backup-failed': {
    message: 'The host could not back up the present files, so it changed nothing.',
    hint: lookAtHost,
  },
  'bad-content': { message: 'The files did not arrive complete, so nothing was written.', hint: tryAgain },
  'bad-request': {
    message: 'The host did not understand the request.',
    hint: 'Update the helper on the host.',
  },
  'broken-before': {
    message: 'The configuration of the web server was broken before this apply, so it cannot be tested.',
    hint: 'Correct the line that the web server’s own test names, on the host.',
  },
  'certificate-not-issued': {
    message: 'The web server did not get its certificate within 90 seconds.',
    hint: 'The issuer must reach the host on port 80 or 443 by the names of the site: look at their DNS and at firewalls. Then apply once more; issuers limit how often one may fail.',
  },
  'chain-expired': {
    message: 'A certificate of the chain that the issuer sent has expired.',
    hint: asIssuer,
  },
  'chain-holds-key': {
    message: 'The issuer’s answer holds a private key, so the host did not take it.',
    hint: asIssuer,
  },
  'chain-incomplete': { message: 'The chain that the issuer sent lacks an intermediate.', hint: asIssuer },
  'chain-lacks-names': {
    message: 'The certificate that the issuer sent does not cover all names of the site.',
    hint: asIssuer,
  },
  'chain-not-of-key': {
    message: 'The certificate that the issuer sent does not belong to the key on the host.',
    hint: asIssuer,
  },
  'chain-not-yet-valid': {
    message: 'A certificate of the chain is not valid yet by the host’s clock.',
    hint: 'Look at the clock of the host.',
  },
  'chain-out-of-order': { message: 'The chain that the issuer sent is not in order.', hint: asIssuer },
  'chain-unreadable': { message: 'What the issuer sent as a chain cannot be read.', hint: asIssuer },
  changed: { message: 'A file on the host is not as it was reviewed. Nothing was written.', hint: tryAgain },
  conflict: { message: 'Somebody else is at work on this host.', hint: 'Wait for the other apply to end.' },
  'hand-over-not-allowed': {
    message:
      'The host takes whole blocks of others out of a file, or brings back what it kept of one, and does nothing else to files of others.',
    hint: 'Take the block out on the host, then plan again.',
  },
  'content-not-allowed': {
    message:
      'The host does not take this text: it may only hold what Gatehouse’s generator prints for this web server.',
    hint: 'Logs belong below /var/log, and files are named by their plain paths. If the words are the generator’s own, update the helper on the host.',
  },
  'deadline-passed': {
    message: 'Nobody confirmed in time, so the host put everything back by itself.',
    hint: tryAgain,
  },
  'directory-missing': {
    message: 'A directory of the web server’s configuration is missing on the host.',
    hint: 'Run the check list of the host.',
  },
  'disk-full': {
    message: 'The host’s disk is full. Nothing was changed.',
    hint: 'Free some space on the host.',
  },
  'generation-unknown': {
    message: 'The host has no certificate of this generation.',
    hint: 'Renew the certificate.',
  },
  'helper-died': {
    message: 'The connection to the host broke halfway, so the host put everything back by itself.',
    hint: takeUp,
  },
  interrupted: { message: 'The apply was interrupted halfway and has been undone.', hint: takeUp },
  'mode-not-allowed': {
    message: 'The host’s helper writes files that only root may write: mode 600, 640 or 644.',
    hint: 'Update the helper on the host.',
  },
  'new-emergencies': { message: 'The web server logged emergencies after the reload.', hint: lookAtHost },
  'not-answered': {
    message: 'Nobody answered for a name of the site on the host itself.',
    hint: lookAtHost,
  },
  'not-asked': {
    message:
      'The host has nothing to ask its own web server with, so nothing shows that the new configuration is the one that answers.',
    hint: 'Install curl on the host.',
  },
  'other-answered': {
    message: 'Another block of the web server answered for a name of the site.',
    hint: 'Find the block that serves this name on the host and remove it, or take the name out of the site.',
  },
  'not-a-file': {
    message: 'A directory or special file is in the way of one of our files.',
    hint: 'Move it away on the host.',
  },
  'not-holding': { message: 'The apply is no longer on trial.' },
  'not-proven': {
    message: 'The new configuration did not show itself to be the one serving.',
    hint: lookAtHost,
  },
  'not-root': {
    message: 'The helper does not run as root on this host.',
    hint: 'Run the check list of the host.',
  },
  'no-scratch-space': {
    message: 'The host has no place for temporary files.',
    hint: 'Free some space on the host.',
  },
  'not-reloaded': { message: 'The web server had not been told to reload yet.' },
  'old-generation': {
    message: 'The web server accepted the reload but went on serving the old configuration.',
    hint: lookAtHost,
  },
  'openssl-failed': {
    message: 'The self-signed certificate could not be made on the host.',
    hint: lookAtHost,
  },
  'openssl-missing': {
    message: 'The host has no openssl, which makes the self-signed certificate.',
    hint: 'Install openssl on the host.',
  },
  'parent-is-link': {
    message: 'A directory above one of our files is a symbolic link, which is never followed.',
    hint: 'Replace the link by a directory on the host.',
  },
  'path-not-allowed': {
    message: 'The host’s helper does not write to this path.',
    hint: 'Update the helper on the host.',
  },
  'path-twice': { message: 'Two changes concern the same path.', hint: tryAgain },
  'port-not-served': {
    message: 'The web server does not listen on a port of the site after the reload.',
    hint: 'Find out what holds the port on the host, or choose another one.',
  },
  'port-taken': {
    message: 'A port of the site is taken on the host, so the web server was not told to reload.',
    hint: 'Free the port on the host, or choose another one.',
  },
  'protocol-unknown': {
    message: 'The helper on the host speaks another version.',
    hint: 'Update the helper on the host.',
  },
  'reload-failed': { message: 'The web server could not be reloaded.', hint: lookAtHost },
  'reload-refused': {
    message: 'The web server refused the new configuration when it was reloaded, and kept the old one.',
    hint: lookAtHost,
  },
  'request-damaged': {
    message: 'The request did not arrive complete, so nothing was written.',
    hint: tryAgain,
  },
  'request-too-large': {
    message: 'The plan is too large for one apply.',
    hint: 'Choose fewer sites at once.',
  },
  requested: { message: 'The apply was undone on request.' },
  'restore-failed': {
    message: 'Putting the old state back failed. The host needs a person now.',
    hint: 'The old files are kept on the host below /var/lib/gatehouse.',
  },
  'server-died': { message: 'The web server died after the reload.', hint: lookAtHost },
  'server-missing': {
    message: 'The web server is no longer installed on this host.',
    hint: 'Run the check list of the host.',
  },
  'server-not-running': {
    message: 'The web server is not running, which it was when the plan was made.',
    hint: 'Start it, or make a new plan that starts it.',
  },
  'running-differs': {
    message: 'Caddy runs another configuration than /etc/caddy/Caddyfile gives.',
    hint: 'Make a new plan: it names what that file does not have.',
  },
  'sockets-left': {
    message:
      'Caddy still holds sockets of a configuration that it refused earlier, and goes on serving that one on them beside its own.',
    hint: 'Restart Caddy on the host (systemctl restart caddy), which ends open connections; nothing else closes these sockets.',
  },
  'start-failed': { message: 'The web server could not be started.', hint: lookAtHost },
  'state-not-writable': {
    message: 'The host cannot write its journal below /var/lib/gatehouse.',
    hint: 'Is the disk full or read-only?',
  },
  'test-failed': {
    message: 'The web server’s own test refused the new configuration.',
    hint: 'The step’s output has its words.',
  },
  'too-late': {
    message: 'The time to confirm was over: the host had put everything back already.',
    hint: tryAgain,
  },
  'verb-unknown': {
    message: 'The helper on the host does not know this request.',
    hint: 'Update the helper on the host.',
  },
  'watchdog-failed': {
    message: 'The host could not arm its safety net, so it changed nothing.',
    hint: lookAtHost,
  },
  'key-not-found': {
    message:
      'The current key is not in the account’s own authorized_keys, so it cannot be replaced from here.',
    hint: 'sshd takes it from elsewhere (AuthorizedKeysFile, AuthorizedKeysCommand, a certificate): install the new key there by hand.',
  },
  'keys-not-writable': {
    message: 'The account’s authorized_keys cannot be written.',
    hint: 'Look at the disk, the file’s owner and its attributes (lsattr) on the host.',
  },
  'write-failed': { message: 'Writing the files failed, so the host put everything back.', hint: lookAtHost },
};

/** What a reason of the host means, without anything that the host itself said; `null` for one that nobody knows. */
export const hostErrorSentence = (code: string): string | null => words[code]?.message ?? null;

/** An issue for a reason that the host gave. `text` is what a tool said about it: hostile, capped, one line of it is shown. */
export function hostErrorIssue(
  code: string,
  place: { path?: string | undefined; text?: string | undefined } = {},
): Issue {
  const known = words[code] ?? { message: `The host gave “${code}” as the reason.`, hint: lookAtHost };
  const [line = ''] = (place.text ?? '').trim().split('\n');
  const details = [place.path, line.slice(0, 300)].filter(Boolean).join(': ');
  return {
    code: `apply.${code}`,
    severity: 'error',
    path: [],
    message: details ? `${known.message} (${details})` : known.message,
    ...(known.hint ? { hint: known.hint } : {}),
  };
}
