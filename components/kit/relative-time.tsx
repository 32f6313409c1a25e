'use client';
import { useSyncExternalStore } from 'react';
import { cn } from '#components/ui/cn';
import { formatInstant } from './format-instant';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

const tickMs = 15_000;

// One clock for all times on the page; it ticks only while somebody looks.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = 0;

function subscribe(listener: () => void) {
  listeners.add(listener);
  now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** `3 minutes ago`, `in 2 days`. */
export function relativeTime(instant: string, nowMs: number): string {
  const seconds = (Date.parse(instant) - nowMs) / 1000;
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) {
      // What is gone counts when it is complete; what was just set to a week from now is still a week away.
      const count = seconds < 0 ? Math.trunc(seconds / size) : Math.round(seconds / size);
      return words.format(count, unit);
    }
  }
  // What was done since the clock's last tick is not yet to come.
  return seconds * 1000 > tickMs ? 'in a moment' : 'just now';
}

/** The time on the page's clock in ms; 0 while the page is not alive yet. */
export const useNow = (): number =>
  useSyncExternalStore(
    subscribe,
    () => now || Date.now() - (Date.now() % tickMs),
    () => 0,
  );

/** How long ago something was, kept current; the exact time is in the tooltip and for machines. */
export function RelativeTime({ at, className }: { at: string; className?: string }) {
  const nowMs = useNow();
  return (
    <time dateTime={at} title={nowMs ? formatInstant(at) : at} className={cn('whitespace-nowrap', className)}>
      {nowMs ? relativeTime(at, nowMs) : at.slice(0, 10)}
    </time>
  );
}
