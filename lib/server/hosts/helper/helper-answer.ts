import 'server-only';
import type { EventOf, HelperEvent } from '#core/host/event';
import { TransportError } from '#server/platform/errors/transport-error';
import type { HelperAnswer } from './run-helper';

/** The events of one kind. */
export function only<E extends HelperEvent['event']>(events: readonly HelperEvent[], name: E): EventOf<E>[] {
  return events.filter((event): event is EventOf<E> => event.event === name);
}

/** The answer of a helper that did what it was asked. Throws `TransportError` with its reason otherwise. */
export function succeeded(answer: HelperAnswer): HelperAnswer {
  if (answer.end.outcome !== 'done') throw refusal(answer.events);
  return answer;
}

/** What the helper says of a request that it did not carry out. */
export function refusal(events: readonly HelperEvent[]): TransportError {
  const error = only(events, 'error')[0];
  return new TransportError(
    'helper-refused',
    `The helper refused the request: ${error?.code ?? 'no reason given'}.`,
    'The host was not changed.',
    { code: error?.code ?? 'none', ...(error?.path ? { path: error.path } : {}) },
  );
}

/** For an answer that lacks what its verb promises. */
export function incomplete(verb: string): TransportError {
  return new TransportError(
    'helper-protocol',
    `The helper’s answer to “${verb}” is incomplete.`,
    'Try again.',
  );
}
