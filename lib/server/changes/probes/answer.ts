import 'server-only';
import type { IncomingHttpHeaders } from 'node:http';
import type { Via } from '../../hosts/reach';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly via: Via;
  /** First bytes of the body, as text; looked at and thrown away. */
  readonly body: string;
}
