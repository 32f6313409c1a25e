import 'server-only';

/** An archive that is not taken, or not made, for a reason that a person can act on: the message is all that is printed. */
export class ArchiveRefused extends Error {
  override readonly name = 'ArchiveRefused';
}
