import type { Apply } from '#api/contract/applies';
import { stripControls } from '#core/strip-controls';
import { issueLine } from './print-plan';
import { oneLine, paint } from './terminal';

type Target = Apply['targets'][number];
type Step = Target['steps'][number];

const marks = { running: '…', ok: '✓', failed: '✗', skipped: '-' } as const;
const styles = { running: 'dim', ok: 'green', failed: 'red', skipped: 'dim' } as const;

function stepLines(target: Target, { name, status, message, output, startedAt, finishedAt }: Step): string[] {
  const seconds = finishedAt
    ? ` ${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000).toFixed(1)} s`
    : '';
  const place = `${target.hostName} ${target.server}`;
  const said = message ? `  ${oneLine(message)}` : '';
  const head = `${oneLine(place)}  ${marks[status]} ${name}${seconds}${said}`;
  const shown =
    status === 'failed' && output
      ? stripControls(output)
          .trimEnd()
          .split('\n')
          .map((line) => `    ${line}`)
      : [];
  return [paint(styles[status], head), ...shown];
}

/** Prints each step once, when it has ended, and each probe of a finished target. */
export function applyPrinter(): (apply: Apply) => void {
  const told = new Set<string>();
  const once = (key: string, lines: readonly string[]) => {
    if (told.has(key)) return;
    told.add(key);
    for (const line of lines) console.log(line);
  };
  return (apply) => {
    for (const target of apply.targets) {
      for (const step of target.steps) {
        if (step.status !== 'running') once(`${target.id} ${step.sequence}`, stepLines(target, step));
      }
      if (target.status === 'holding' && target.holdUntil) {
        const until = `${target.hostName}: on trial until ${target.holdUntil}; undone then unless somebody keeps it.`;
        once(`${target.id} hold`, [paint('yellow', oneLine(until))]);
      }
      for (const probe of target.probes) {
        if (probe.phase === 'before' || probe.status === 'passed') continue;
        const line = `${target.hostName} probe ${probe.kind}: ${probe.status} ${oneLine(probe.message)}`;
        once(`${target.id} ${probe.kind} ${line}`, [paint('yellow', line)]);
      }
    }
  };
}

const endStyles: Readonly<Partial<Record<Apply['status'], 'green' | 'red' | 'yellow'>>> = {
  succeeded: 'green',
  failed: 'red',
  'rolled-back': 'red',
};

/** How an apply ended, and why. */
export function printEnd(apply: Apply, url: string): void {
  console.log(paint(endStyles[apply.status] ?? 'yellow', `Apply ${apply.status}.`));
  const failures = [apply.failure, ...apply.targets.map(({ failure }) => failure)].filter(
    (issue) => issue !== null,
  );
  for (const line of new Set(failures.map(issueLine))) console.log(line);
  console.log(`${apply.id}  ${url}`);
}
