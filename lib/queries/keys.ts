import type { Operation } from '#api/operation';

type Input = { readonly params?: object; readonly query?: object };

/** `['sites', 'list', { params, query }]`: the first parts are the operation's id, so that a whole noun can be invalidated. */
export function keyOf(operation: Pick<Operation, 'id'>, input: Input = {}) {
  return [...operation.id.split('.'), input] as const;
}

/** Key prefix of every query of one noun. */
export const allOf = (noun: 'session' | 'team' | 'tokens' | 'sites' | 'hosts' | 'plans' | 'applies') =>
  [noun] as const;
