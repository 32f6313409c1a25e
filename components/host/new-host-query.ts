import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import type { TypedAddress } from './address-errors';

/** What was typed about a host that does not exist yet is kept in the URL: a reload or a step back loses nothing. Keys never do. */
export function useNewHostQuery() {
  return useQueryStates({
    where: parseAsStringLiteral(['ssh', 'local']).withDefault('ssh'),
    name: parseAsString.withDefault(''),
    address: parseAsString.withDefault(''),
    port: parseAsString.withDefault('22'),
    user: parseAsString.withDefault('root'),
    jumpHostId: parseAsString.withDefault(''),
  });
}

/** The same as a query string for a link to another step. */
export function newHostSearch(typed: TypedAddress): string {
  return new URLSearchParams({
    name: typed.name,
    address: typed.address,
    port: typed.port,
    user: typed.user,
    ...(typed.jumpHostId ? { jumpHostId: typed.jumpHostId } : {}),
  }).toString();
}
