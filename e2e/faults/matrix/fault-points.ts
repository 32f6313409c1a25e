import type { StepName } from '#core/change/step';
import type { Host } from '#lab/index';

/**
 * Lets the helper die or wait at a chosen point of a step. Points are counted while it runs: every command that changes something on the
 * host, and every event. A new step or command is a point by itself, without being listed anywhere. The dashboard is the
 * real one and does not know about it: the host's `dd`, with which the helper's text is read there, puts the points into the text.
 */
const commands = ['mv', 'ln', 'rm', 'cp', 'chmod', 'chown', 'mkdir', 'rmdir', 'kill'];

const preamble = `fault() {
  # What runs in the private namespace of a test sees /run as it was, and cannot count.
  [ -e /run/fault ] && [ -z "\${layers:-}" ] || return 0
  # Clearing away scratch files changes nothing on the host.
  case "$*" in "rm -"*" \${work:-none}"*) return 0 ;; esac
  read -r fault_step fault_left fault_mode </run/fault
  case $fault_mode in record)
    echo "\${current_step:-none} $*" >>/run/fault-points
    return 0 ;;
  esac
  [ "\${current_step:-}" = "$fault_step" ] || return 0
  if [ "$fault_left" -gt 0 ]; then
    echo "$fault_step $((fault_left - 1)) $fault_mode" >/run/fault
    return 0
  fi
  echo "$current_step $*" >/run/fault-hit
  command rm -f /run/fault
  case $fault_mode in
    kill) command kill -9 $$ ;;
    pause) while [ -e /run/fault-hold ]; do sleep 0.05; done; return 0 ;;
    hang) while :; do sleep 1; done ;;
  esac
  exit 1
}
${commands.map((name) => `${name}() { fault ${name} "$@"; command ${name} "$@"; }`).join('\n')}
main "$@"
`;

const wrapper = `#!/bin/sh
case "$*" in
  bs=160*) ;;
  bs=*' count=1 iflag=fullblock')
    if [ -e /run/fault ]; then
      /usr/bin/dd "$@" | sed -e '/^emit() {$/a\\  fault emit "$1"' -e "s/^apply_limit_seconds=.*/apply_limit_seconds=$(cat /run/fault-limit 2>/dev/null || echo 300)/" -e '$d'
      exec cat /usr/local/lib/fault-points.sh
    fi
    ;;
esac
exec /usr/bin/dd "$@"
`;

/** `kill`: it sends itself kill -9. `pause`: until `release`. `hang`: forever. */
export type FaultMode = 'kill' | 'pause' | 'hang';

/** The points of one host. They are there only while one is set. */
export class FaultPoints {
  constructor(private readonly host: Host) {}

  async install(): Promise<void> {
    await this.host.writeFile('/usr/local/lib/fault-points.sh', preamble);
    await this.host.writeFile('/usr/local/sbin/dd', wrapper, '755');
  }

  /** The helper's next run stops at the given point of a step; 0 is the event that the step begins. */
  async set(step: StepName, index: number, mode: FaultMode, limitSeconds = 300): Promise<void> {
    await this.host.exec([
      'sh',
      '-c',
      'rm -f /run/fault-hit; : >/run/fault-hold; echo "$1" >/run/fault-limit; echo "$2" >/run/fault',
      'sh',
      String(limitSeconds),
      `${step} ${index} ${mode}`,
    ]);
  }

  /** Notes all points that the next runs come to, until `recorded`. */
  async record(): Promise<void> {
    await this.host.exec('echo "none 0 record" >/run/fault');
  }

  /** Ends that. How many points each step had. */
  async recorded(): Promise<Map<string, number>> {
    const { stdout } = await this.host.exec(
      'rm -f /run/fault; cat /run/fault-points; rm -f /run/fault-points',
    );
    const counts = new Map<string, number>();
    for (const line of stdout.trim().split('\n')) {
      const [step = ''] = line.split(' ');
      counts.set(step, (counts.get(step) ?? 0) + 1);
    }
    return counts;
  }

  /** Resolves when the helper has come to the point, to which command it was; or to `null` when the points were cleared before. */
  async reached(): Promise<string | null> {
    const script =
      'until [ -e /run/fault-hit ] || [ ! -e /run/fault ]; do sleep 0.05; done; cat /run/fault-hit 2>/dev/null';
    const { stdout } = await this.host.exec(script, { check: false, timeoutMs: 600_000 });
    return stdout.trim() || null;
  }

  /** Lets a paused helper go on. */
  async release(): Promise<void> {
    await this.host.exec('rm -f /run/fault-hold /run/fault /run/fault-limit', { check: false });
  }

  /** Where the last one struck, or `null` when nothing came to that point. Nothing is set after it. */
  async clear(): Promise<string | null> {
    const script =
      'cat /run/fault-hit 2>/dev/null; rm -f /run/fault /run/fault-hit /run/fault-hold /run/fault-limit';
    const { stdout } = await this.host.exec(script, { check: false });
    return stdout.trim() || null;
  }
}
