import 'server-only';
import { once } from 'node:events';
import type { ProbeSpec } from '#core/presets/probe-spec';
import { ask, explainStatus } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

/** An event stream brings its first event while it is still open: nothing on the way holds it back. */
export async function probeEventStream(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'event-stream' }>,
  signal: AbortSignal,
): Promise<Finding> {
  const startedAt = performance.now();
  const within = AbortSignal.timeout(spec.firstBytesWithinSeconds * 1000);
  const late: Finding = {
    status: 'failed',
    message: `${spec.path} brought no event within ${spec.firstBytesWithinSeconds} s: something on the way holds the stream back.`,
    detail: {},
  };
  const limit = AbortSignal.any([signal, within]);
  try {
    const headers = { Accept: 'text/event-stream' };
    const { response, line } = await ask(site, { path: spec.path, headers }, limit);
    const headersAfterMs = Math.round(performance.now() - startedAt);
    const status = response.statusCode ?? 0;
    const contentType = response.headers['content-type'] ?? null;
    const detail = { status, contentType, via: line.via, headersAfterMs };
    try {
      if (status !== 200 || !contentType?.startsWith('text/event-stream')) {
        const what = status === 200 ? (contentType ?? 'no type') : explainStatus(status);
        return {
          status: 'failed',
          message: `${spec.path} answers ${what} instead of an event stream.`,
          detail,
        };
      }
      const [first] = await Promise.race([
        once(response, 'data', { signal: limit }),
        once(response, 'end', { signal: limit }).then(() => [null]),
      ]);
      const firstByteAfterMs = Math.round(performance.now() - startedAt);
      if (first === null)
        return { status: 'failed', message: `${spec.path} ended without an event.`, detail };
      const message = `${spec.path} brought its first event after ${firstByteAfterMs} ms and stays open.`;
      return { status: 'passed', message, detail: { ...detail, firstByteAfterMs } };
    } finally {
      response.on('error', () => undefined);
      line.stream.destroy();
    }
  } catch (error) {
    if (within.aborted && !signal.aborted) return late;
    throw error;
  }
}
