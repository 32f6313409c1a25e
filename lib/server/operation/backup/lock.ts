import 'server-only';
import { Decrypter, Encrypter, identityToRecipient } from 'age-encryption';
import { ArchiveRefused } from './archive-refused';

/** What an archive is locked with: one passphrase, or any number of public keys. */
export type Lock = { readonly passphrase: string } | { readonly recipients: readonly string[] };
/** What opens it again. */
export type Opener = { readonly passphrase: string } | { readonly identities: readonly string[] };

/** Anyone who has the archive can try passphrases without limit. */
export const minPassphraseLength = 12;

/** @throws ArchiveRefused for a short passphrase, or what is no public key */
export function encrypterFor(lock: Lock): Encrypter {
  const encrypter = new Encrypter();
  if ('passphrase' in lock) {
    if (lock.passphrase.length < minPassphraseLength)
      throw new ArchiveRefused(`The passphrase needs at least ${minPassphraseLength} characters.`);
    encrypter.setPassphrase(lock.passphrase);
    return encrypter;
  }
  if (lock.recipients.length === 0) throw new ArchiveRefused('No public key was given.');
  for (const recipient of lock.recipients) {
    try {
      encrypter.addRecipient(recipient);
    } catch {
      throw new ArchiveRefused(`${recipient} is no age public key; one looks like age1… .`);
    }
  }
  return encrypter;
}

/** @throws ArchiveRefused for what is no private key */
export async function decrypterFor(opener: Opener): Promise<Decrypter> {
  const decrypter = new Decrypter();
  if ('passphrase' in opener) {
    decrypter.addPassphrase(opener.passphrase);
    return decrypter;
  }
  for (const identity of opener.identities) {
    try {
      await identityToRecipient(identity);
      decrypter.addIdentity(identity);
    } catch {
      throw new ArchiveRefused('The identity file holds a line that is no age private key.');
    }
  }
  return decrypter;
}
