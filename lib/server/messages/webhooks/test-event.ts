import 'server-only';

/** Name of a message that a person sends to see whether it arrives. It is tried once. */
export const testEvent = 'webhook.test';
