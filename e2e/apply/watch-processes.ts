import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { cleanEnv } from '#lab/run';

/**
 * Looks at the command lines and environments of all processes of this machine, which are those of the lab's hosts too, as often as it can,
 * for texts that must not be there. A program of its own, because this one is busy.
 */
export interface ProcessWatch {
  /** Resolves when it has seen a text in a command line and in an environment where there really is one. */
  proveItSees(): Promise<void>;
  /** Ends it. `found`: what was seen, without the text itself; `looks`: how often it looked. */
  stop(): Promise<{ readonly found: readonly string[]; readonly looks: number }>;
}

const script = `
use strict; use warnings; use Time::HiRes qw(sleep);
my @texts; my $looks = 0; my %told; $| = 1;
$SIG{TERM} = sub { print "looks $looks\\n"; exit 0 };
while (my $line = <STDIN>) { chomp $line; last if $line eq ''; push @texts, $line }
print "ready\\n";
while (1) {
  opendir(my $proc, '/proc') or die; my @pids = grep { /^\\d+$/ && $_ != $$ } readdir $proc; closedir $proc;
  for my $pid (@pids) {
    for my $file ('cmdline', 'environ') {
      open(my $in, '<', "/proc/$pid/$file") or next;
      local $/; my $data = <$in> // ''; close $in;
      for my $index (0 .. $#texts) {
        next if index($data, $texts[$index]) < 0 || $told{"$pid $file $index"}++;
        print "found $index in $file of $pid\\n";
      }
    }
  }
  $looks++; sleep 0.002;
}
`;

/** Starts looking for the texts; they reach the program by its stdin. */
export async function watchProcesses(texts: readonly string[]): Promise<ProcessWatch> {
  const proof = `proof-${process.pid}-${Date.now()}`;
  const child = spawn('perl', ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const output = createInterface(child.stdout);
  output.on('line', (line) => lines.push(line));
  child.stdin.end(`${[proof, ...texts].join('\n')}\n\n`);
  await once(output, 'line');
  const seen = (pattern: RegExp) => lines.some((line) => pattern.test(line));
  return {
    async proveItSees() {
      for (const { argv0, env, file } of [
        { argv0: proof, env: {}, file: 'cmdline' },
        { argv0: 'sleep', env: { PROOF: proof }, file: 'environ' },
      ]) {
        const shown = spawn('sleep', ['30'], { argv0, env: { ...cleanEnv, ...env } });
        try {
          const deadline = Date.now() + 20_000;
          while (!seen(new RegExp(`^found 0 in ${file} `))) {
            if (Date.now() > deadline) throw new Error(`the watch does not see a ${file}`);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        } finally {
          shown.kill('SIGKILL');
        }
      }
    },
    async stop() {
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      await closed;
      const looks = Number(/^looks (\d+)$/.exec(lines.at(-1) ?? '')?.[1] ?? 0);
      return { found: lines.filter((line) => /^found [1-9]/.test(line)), looks };
    },
  };
}
