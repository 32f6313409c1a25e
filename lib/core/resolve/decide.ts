import type { Issue } from '../issue';
import { type Decided, type LineOrigin, reason } from '../site/origin';

/** The reason "a field says so", to be made once and shared. */
export const fieldOrigin = (...path: Issue['path']): LineOrigin => ({ path, why: 'your setting' });

/** A value that a field of the document sets. */
export function byField<T>(value: T, path: Issue['path'], why = 'your setting'): Decided<T> {
  return { value, origin: { path, why } };
}

/** A value that no field sets: a preset's fact or a general default. */
export function byRule<T>(value: T, why: string): Decided<T> {
  return { value, origin: reason(why) };
}

/** A value that follows from another field, such as the traffic class of a location. */
export function derived<T>(value: T, origin: LineOrigin, why: string): Decided<T> {
  return { value, origin: origin.path === null ? reason(why) : { path: origin.path, why } };
}
