/** What the command's end tells a script. */
export const exitCode = {
  done: 0,
  /** The input was read, but what it asks for is refused or impossible. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
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
