import type { NotifyEventName } from './event';

/** What a person is told by e-mail who never chose: only what somebody asked of them by name. */
export const defaultEvents: readonly NotifyEventName[] = [
  'approval.asked',
  'account.reset',
  'control.lowering',
];
