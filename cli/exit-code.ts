/** What the command's end tells a script. */
export const exitCode = {
  done: 0,
  /** The input was read, but what it asks for is refused or impossible. */
  refused: 1,
  /** The command line itself is wrong; with `--detailed-exitcode` that is `refused`. */
  usage: 2,
  /** With `--detailed-exitcode`: done, and there are changes, or drift. */
  changes: 2,
  /** An apply failed before it changed a host. */
  applyFailed: 3,
  /** An apply was undone: the hosts are as they were. */
  rolledBack: 4,
  /** An apply’s end is not known: the link was lost, or it was cancelled on the way. */
  unresolved: 5,
} as const;

/** An expected end: its message is all that is printed. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  constructor(
    message: string,
    readonly code: number = exitCode.refused,
  ) {
    super(message);
  }
}
