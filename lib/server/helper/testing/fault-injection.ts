import type { Host } from '#lab/index';
import type { Transport } from '#server/ssh/transport';

/**
 * Lets the helper die at a chosen point. Points are counted: every command that changes something on the host, and every event.
 * A new step or command is a point by itself, without being listed anywhere.
 */
const commands = ['mv', 'ln', 'rm', 'cp', 'chmod', 'chown', 'mkdir', 'rmdir', 'kill'];

const preamble = `
fault() {
  # What runs in the private namespace of a test sees /run as it was, and cannot count.
  [ -e /run/fault ] && [ -z "\${layers:-}" ] || return 0
  # Clearing away scratch files changes nothing on the host.
  case "$*" in "rm -"*" $work"*) return 0 ;; esac
  read -r fault_left fault_mode </run/fault
  if [ "$fault_left" -gt 0 ]; then
    echo "$((fault_left - 1)) $fault_mode" >/run/fault
    return 0
  fi
  command rm -f /run/fault
  echo "$current_step $*" >/run/fault-hit
  case $fault_mode in
    kill) command kill -9 $$ ;;
    hang) while :; do sleep 1; done ;;
  esac
  exit 1
}
${commands.map((name) => `${name}() { fault ${name} "$@"; command ${name} "$@"; }`).join('\n')}
`;

/** The helper's text with points in it. */
export function withFaultPoints(script: string): string {
  const edited = script
    .replace('\nemit() {', '\nemit() {\n  fault emit "$1"')
    .replace(/\nmain "\$@"\n$/, `\n${preamble}\nmain "$@"\n`);
  if (edited === script) throw new Error('the helper has another shape than expected');
  return edited;
}

/** Sends the helper with fault points instead of the plain one. */
export function faultyTransport(transport: Transport, alter = (script: string) => script): Transport {
  return {
    ...transport,
    exec: (command, stdin, options) => {
      const [, script, ...request] = stdin;
      const edited = Buffer.from(withFaultPoints(alter(Buffer.from(script ?? []).toString())));
      return transport.exec(command, [Buffer.from(`${edited.length}\n`), edited, ...request], options);
    },
  };
}

/** The helper's next run (or the watchdog's) dies or hangs at point number `index`. */
export async function setFault(host: Host, index: number, mode: 'kill' | 'hang'): Promise<void> {
  await host.exec(['sh', '-c', 'rm -f /run/fault-hit; echo "$1" >/run/fault', 'sh', `${index} ${mode}`]);
}

/** Where it died (step and command), or `null` when it never came to that point. Disarms it in that case. */
export async function faultHit(host: Host): Promise<string | null> {
  const { stdout } = await host.exec('cat /run/fault-hit 2>/dev/null; rm -f /run/fault', { check: false });
  return stdout.trim() || null;
}
