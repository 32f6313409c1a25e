import type { Issue } from '../issue';
import { remember } from '../remember';

/** Why a value or a line is where it is: the field, preset fact or version gate that made it. */
export interface LineOrigin {
  /** Field of the site document, `null` where no field decides. */
  readonly path: Issue['path'] | null;
  /** A short reason for people: "http2 on because nginx ≥ 1.25.1". */
  readonly why: string;
}

const reasons = new Map<string, LineOrigin>();

/** A reason that no field decides. The same words are the same object: they are few, and said of thousands of sites. */
export function reason(why: string): LineOrigin {
  const known = reasons.get(why);
  if (known) return known;
  const made = { path: null, why };
  reasons.set(why, made);
  return made;
}

/** A further reason for what an origin explains already, such as the version that decided its form. */
export const also = ({ path, why }: LineOrigin, further: string): LineOrigin =>
  path === null ? reason(`${why}; ${further}`) : { path, why: `${why}; ${further}` };

/** `also` with one further reason for many lines: what no field decides is said of thousands of sites, and put together once. */
export function alsoAlways(further: string): (origin: LineOrigin) => LineOrigin {
  const general = remember((origin: LineOrigin) => also(origin, further));
  return (origin) => (origin.path === null ? general(origin) : also(origin, further));
}

/** A value together with what decided it. */
export interface Decided<T> {
  readonly value: T;
  readonly origin: LineOrigin;
}
