import type { Noun, OperationId } from './endpoints';

type Input = { readonly params?: object; readonly query?: object };

/** `['sites', 'list', { params, query }]`: the first parts are the operation's id, so that a whole noun can be invalidated. */
export function keyOf(id: OperationId, input: Input = {}) {
  return [...id.split('.'), input] as const;
}

/** Key prefix of every query of one noun. */
export const allOf = (noun: Noun) => [noun] as const;
