import { debounce, parseAsIsoDate, parseAsString, useQueryStates } from 'nuqs';
import type { ActivityFilter } from '#api/contract/activity';

const parsers = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(200) }),
  who: parseAsString,
  event: parseAsString,
  subject: parseAsString,
  from: parseAsIsoDate,
  to: parseAsIsoDate,
};

/** Midnight where the reader is, of a day as the URL has it. */
export const startOfDay = (day: Date, plusDays = 0): string =>
  new Date(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate() + plusDays).toISOString();

/** What the record shows; all of it is in the URL, so that a link shows a colleague the same rows. */
export function useActivityFilter() {
  const [state, setState] = useQueryStates(parsers, { history: 'replace' });
  const { q, who, event, subject, from, to } = state;
  const filter: ActivityFilter = {
    ...(q.trim() && { text: q.trim() }),
    ...(who && { actor: who }),
    ...(event && { event }),
    ...(subject && { subjectId: subject }),
    ...(from && { from: startOfDay(from) }),
    ...(to && { to: startOfDay(to, 1) }),
  };
  const narrowed = Object.keys(filter).length > 0;
  const clear = () => setState({ q: null, who: null, event: null, subject: null, from: null, to: null });
  return { state, setState, filter, narrowed, clear };
}
