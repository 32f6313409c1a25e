import 'server-only';
import type { ProbeOutcome } from '#core/probe/probe-outcome';
import type { Reach } from '../../hosts/reach';
import type { Answer } from './answer';

/** One site as the probes see it. */
export interface ProbedSite {
  readonly name: string;
  /** Goes into SNI and `Host`. */
  readonly hostname: string;
  readonly origin: string;
  readonly httpPort: number;
  /** Where the site itself answers: the https port, or the http port of a site without TLS. */
  readonly port: number;
  readonly tls: boolean;
  /** The port expects the PROXY protocol. */
  readonly proxyProtocol: boolean;
  readonly reach: Reach;
  /** The site's answer to an ordinary GET: asked for once, however many of its checks look at it. */
  ordinary(path: string, signal: AbortSignal): Promise<Answer>;
}

/** What a probe reports; the frame around it adds site, kind and time. */
export interface Finding {
  readonly status: ProbeOutcome['status'];
  readonly message: string;
  readonly detail: ProbeOutcome['detail'];
}
