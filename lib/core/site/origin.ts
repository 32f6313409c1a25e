import type { Issue } from '../issue';

/** Why a value or a line stands where it stands: the field, preset fact or version gate that made it. */
export interface LineOrigin {
  /** Field of the site document, `null` where no field decides. */
  readonly path: Issue['path'] | null;
  /** A short reason for people: "http2 on because nginx ≥ 1.25.1". */
  readonly why: string;
}

/** A value together with what decided it. */
export interface Decided<T> {
  readonly value: T;
  readonly origin: LineOrigin;
}
