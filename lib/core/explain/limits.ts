import type { ResolvedLocation } from '../resolve/resolved';
import type { Limit } from './explanation';

const seconds = (value: number) => (value % 3600 === 0 ? `${value / 3600} h` : `${value} s`);

/** Sizes, times and buffering of a location that asks an application. */
export function limitsOf({ action, bodySizeMib }: ResolvedLocation): readonly Limit[] {
  if (action.kind !== 'proxy') return [];
  const {
    connectTimeoutSeconds,
    readTimeoutSeconds,
    sendTimeoutSeconds,
    responseBuffering,
    requestBuffering,
  } = action;
  const time = (label: string, { value, origin }: typeof readTimeoutSeconds): Limit => ({
    label,
    value: seconds(value),
    origin,
  });
  const choice = (label: string, { value, origin }: typeof responseBuffering): Limit => ({
    label,
    value: value ? 'buffered' : 'passed on at once',
    origin,
  });
  return [
    {
      label: 'Largest body',
      value: bodySizeMib.value === 0 ? 'no limit' : `${bodySizeMib.value} MiB`,
      origin: bodySizeMib.origin,
    },
    time('Connecting', connectTimeoutSeconds),
    time('Longest pause in the answer', readTimeoutSeconds),
    time('Longest pause in the request', sendTimeoutSeconds),
    choice('Answer', responseBuffering),
    choice('Request body', requestBuffering),
  ];
}
