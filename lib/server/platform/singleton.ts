import 'server-only';

const store = globalThis as { [key: symbol]: unknown };

/** Forgets every singleton, so that a test can start over with another database. */
export function forgetSingletons(): void {
  for (const key of Object.getOwnPropertySymbols(store)) {
    if (key.description?.startsWith('gatehouse.')) delete store[key];
  }
}

/**
 * One value per process. The bundler may load a module once per route, so module scope is not enough for connections,
 * counters and event buses.
 */
export function singleton<T>(name: string, make: () => T): T {
  const key = Symbol.for(`gatehouse.${name}`);
  if (!(key in store)) store[key] = make();
  return store[key] as T;
}
