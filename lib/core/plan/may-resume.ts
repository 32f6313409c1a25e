import type { ApplyStatus } from '../change/step';

/** Endings that only an interruption explains: neither the plan nor the host spoke against the change, and the old state is in place. */
const cutShort: ReadonlySet<string> = new Set([
  'apply.not-begun',
  'apply.unwatched',
  'apply.interrupted',
  'apply.helper-died',
]);
/** Left out because another target had ended so. */
const leftOut = 'apply.stopped';

/** Whether an apply was cut short (a crash, a lost link), so that the same plan may be applied to the targets that it did not reach. */
export function mayResume(
  targets: readonly { readonly status: ApplyStatus; readonly failure: { readonly code: string } | null }[],
): boolean {
  const missed = targets.filter(({ status }) => status !== 'succeeded');
  const codes = missed.map(({ failure }) => failure?.code ?? '');
  return (
    codes.some((code) => cutShort.has(code)) && codes.every((code) => cutShort.has(code) || code === leftOut)
  );
}
