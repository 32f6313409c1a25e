import 'server-only';

/**
 * Every command line that is ever sent to a host. They hold no data of anybody, and only characters that sh, bash, dash, fish
 * and csh login shells read alike: one line, one pair of single quotes, no `!` and no backslash.
 *
 * The direct ones read the helper's length, then exactly so many bytes of its text, and run it; the request follows on stdin.
 * A text that was cut short does nothing, since its last line is what starts it.
 */
const loader = 'IFS= read -r n && s=$(dd bs="$n" count=1 iflag=fullblock 2>/dev/null) && eval "$s"';

export const remoteCommands = {
  'direct-root': `sh -c '${loader}'`,
  'direct-sudo': `sudo -n sh -c '${loader}'`,
  /** The forced command of an enrolled key runs the installed helper whatever is asked for. */
  enrolled: 'gatehouse-helper',
  /** Prints this where a key may run more than the helper. */
  'try-shell': `sh -c 'echo gatehouse-shell-opened'`,
} as const;
export type RemoteCommand = keyof typeof remoteCommands;
