import type { Issue } from '../issue';
import { hostErrorSentence } from '../plan/host-error';

/** Their messages are put together from names that the dashboard knows. */
const ownWords: ReadonlySet<string> = new Set([
  'apply.stale',
  'apply.conflict',
  'apply.stopped',
  'apply.not-begun',
  'apply.unwatched',
  'apply.host-removed',
  'apply.cancelled-by-person',
  'apply.undone-together',
  'apply.undone-on-cancel',
  'apply.undone-on-request',
]);

/**
 * Why an apply did not succeed, for a message that leaves the dashboard. What the host, its tools or the site answered may quote files, so of
 * that only the fact is told; who follows the link may read the rest.
 */
export function failureWords(failure: Pick<Issue, 'code' | 'message'> | null): string | null {
  if (failure === null) return null;
  const { code, message } = failure;
  if (ownWords.has(code)) return message;
  if (code.startsWith('preflight.')) return 'The web server’s own test refused the new configuration.';
  if (code === 'apply.probe-failed') return 'With the new configuration a check failed that has to pass.';
  return hostErrorSentence(code.replace(/^apply\./, '')) ?? 'The page of the apply says why.';
}
