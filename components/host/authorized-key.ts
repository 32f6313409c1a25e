/** One word for a POSIX shell, whatever it holds. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Appends the key to the authorized_keys of the account that runs it. One line, so that it can be pasted anywhere. */
export function installKeyCommand(publicKey: string): string {
  return `mkdir -p ~/.ssh && chmod 700 ~/.ssh && echo ${shellWord(publicKey.trim())} >> ~/.ssh/authorized_keys && chmod 600 ~/.ssh/authorized_keys`;
}

/** The same, run by root for the account. */
export function installKeyAsRootCommand(publicKey: string, user: string): string {
  const home = user === 'root' ? '/root' : `~${user}`;
  return `install -d -m 700 -o ${user} ${home}/.ssh && echo ${shellWord(publicKey.trim())} >> ${home}/.ssh/authorized_keys && chown ${user} ${home}/.ssh/authorized_keys && chmod 600 ${home}/.ssh/authorized_keys`;
}

/** The same from another machine that can already sign in there. */
export function installKeyOverSshCommand(
  publicKey: string,
  user: string,
  address: string,
  port: number,
): string {
  const destination = shellWord(`${user}@${address}`);
  return `ssh ${port === 22 ? '' : `-p ${port} `}${destination} ${shellWord(installKeyCommand(publicKey))}`;
}

/** Runs a downloaded script of ours as root on the machine itself. */
export const runScriptCommand = (fileName: string) => `sudo sh ${shellWord(fileName)}`;

/** The same from another machine that can sign in there as root. */
export function runScriptOverSshCommand(fileName: string, address: string, port: number): string {
  const destination = shellWord(`root@${address}`);
  return `ssh ${port === 22 ? '' : `-p ${port} `}${destination} 'sh -s' < ${shellWord(fileName)}`;
}

/** Takes a key out of the authorized_keys of the account that runs it, by the part of it that no other key has. */
export function removeKeyCommand(publicKey: string, user: string): string {
  const body = publicKey.trim().split(/\s+/)[1] ?? '';
  const home = user === 'root' ? '/root' : `~${user}`;
  return `sed -i '\\#${body.replace(/[^A-Za-z0-9+/=]/g, '')}#d' ${home}/.ssh/authorized_keys`;
}

/** Prints the fingerprint of the host's own key of a type, on the host. */
export function fingerprintCommand(keyType: string): string {
  const file = { 'ssh-ed25519': 'ed25519', 'ssh-rsa': 'rsa', 'rsa-sha2-512': 'rsa', 'rsa-sha2-256': 'rsa' }[
    keyType
  ];
  const name = file ?? (keyType.startsWith('ecdsa') ? 'ecdsa' : 'ed25519');
  return `ssh-keygen -lf /etc/ssh/ssh_host_${name}_key.pub`;
}

/** Lets an account use sudo without a password; visudo checks the file before it counts. Run by root. */
export function sudoersCommand(user: string): string {
  const file = '/etc/sudoers.d/gatehouse';
  return `echo '${user} ALL=(root) NOPASSWD: ALL' > ${file} && chmod 440 ${file} && visudo -cf ${file}`;
}
