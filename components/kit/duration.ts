/** Hosts count hundredths of a second. */
const finestMs = 10;

/** How long a step took; what was too short for the host's clock is said to be that, and not to have taken no time. */
export const formatStepDuration = (durationMs: number): string =>
  durationMs < finestMs ? `< ${finestMs} ms` : formatDuration(durationMs);

/** `8 ms`, `1.4 s`, `2 min 5 s`: at most two units, for people. */
export function formatDuration(durationMs: number): string {
  const ms = Math.max(0, Math.round(durationMs));
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** `4:59`, for a countdown; 0:00 when the time is over. */
export function formatCountdown(remainingMs: number): string {
  const seconds = Math.max(0, Math.ceil(remainingMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
