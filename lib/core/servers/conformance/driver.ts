import type { ServerKind } from '../../web-server/render-target';
import type { Rendering, ToolFinding } from '../types';

/** A real web server for tests. One implementation per web server; the suite knows nothing else about them. */
export interface ServerDriver {
  readonly kind: ServerKind;
  /** Version of the installed server, `null` when it is not installed here. */
  version(): Promise<string | null>;
  /** OpenSSL that the server runs with, `null` when it has none or does not tell. */
  openssl(): Promise<string | null>;
  /** Puts the files below a directory of their own and runs the server's own test on them. */
  test(rendering: Rendering, directory: string): Promise<TestOutcome>;
  /** Starts the server on the files; the ports in them must be free. */
  start(rendering: Rendering, directory: string): Promise<RunningServer>;
}

export interface TestOutcome {
  readonly ok: boolean;
  /** Errors and warnings of the server's own test. */
  readonly findings: readonly ToolFinding[];
  /** Everything it printed. */
  readonly output: string;
}

export interface RunningServer {
  /** Text of the common access log, where masked lines of default logging go. */
  accessLog(): Promise<string>;
  stop(): Promise<void>;
}
