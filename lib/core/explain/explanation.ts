import type { ResolvedLocation, ResolvedVhost } from '../resolve/resolved';
import type { LineOrigin } from '../site/origin';

/** What becomes of one request, and why. */
export interface Explanation {
  /** The block that takes the request, `null` when no block has this name on this port. */
  readonly vhost: ResolvedVhost | null;
  /** The location that takes it; `null` where the request is refused before, or no block takes it. */
  readonly location: ResolvedLocation | null;
  readonly answer: Answer;
  /** Who is let in, in the order in which it is asked. Empty where everybody is. */
  readonly conditions: readonly Condition[];
  /** Every header that the application gets or that is kept from it; empty where no application is asked. */
  readonly requestHeaders: readonly SentHeader[];
  /** Headers that are set in the answer, or removed from it. */
  readonly responseHeaders: readonly SentHeader[];
  /** Sizes and times that hold for this request. */
  readonly limits: readonly Limit[];
}

export type Answer =
  /** Nothing of this site: the server's own answer to an unknown name, or another site's. */
  | { readonly kind: 'nobody'; readonly why: LineOrigin }
  /** Refused for how the path is written, whatever its location says. */
  | { readonly kind: 'refused'; readonly status: 400 | 403 | 404; readonly why: LineOrigin }
  | { readonly kind: 'denied'; readonly status: 403 | 404; readonly why: LineOrigin }
  | {
      readonly kind: 'redirect';
      readonly status: number;
      /** The whole value of `Location`. */
      readonly to: string;
      readonly why: LineOrigin;
    }
  /** `lists`: a directory is answered with what is in it. */
  | { readonly kind: 'file'; readonly file: string; readonly lists: boolean; readonly why: LineOrigin }
  | {
      readonly kind: 'application';
      readonly upstream: string;
      /** `http://10.0.0.5:8010`, or `unix:/run/app.sock`. */
      readonly servers: readonly string[];
      /** `GET /path?query` as the application gets it. */
      readonly line: string;
      /** Whether the connection may become a WebSocket. */
      readonly upgrades: boolean;
      readonly why: LineOrigin;
    };

export interface Condition {
  readonly text: string;
  readonly origin: LineOrigin;
}

export interface SentHeader {
  readonly name: string;
  /** `null`: kept back. A value that depends on the client is told in angle brackets. */
  readonly value: string | null;
  /** `as-sent`: the client's own. `set` and `removed` are the proxy's doing. */
  readonly state: 'set' | 'removed' | 'as-sent';
  /** What the client sent under this name, where the proxy does not let it through. */
  readonly instead: string | null;
  readonly origin: LineOrigin;
}

export interface Limit {
  readonly label: string;
  readonly value: string;
  readonly origin: LineOrigin;
}
