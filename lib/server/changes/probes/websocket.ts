import 'server-only';
import { WebSocket } from 'ws';
import type { ProbeSpec } from '#core/presets/probe-spec';
import { explainStatus, hostHeader, openLine } from './exchange';
import type { Finding, ProbedSite } from './probed-site';

/** An upgrade gets through (101), and where asked for a frame comes back: the application's own, or the answer to a ping. */
export async function probeWebSocket(
  site: ProbedSite,
  spec: Extract<ProbeSpec, { kind: 'websocket' }>,
  signal: AbortSignal,
): Promise<Finding> {
  const line = await openLine(site, {}, signal);
  const { via } = line;
  const socket = new WebSocket(`${site.tls ? 'wss' : 'ws'}://${hostHeader(site, {})}${spec.path}`, {
    createConnection: () => line.stream,
    origin: site.origin,
    headers: { 'User-Agent': 'gatehouse-probe' },
    followRedirects: false,
    perMessageDeflate: false,
    maxPayload: 1024 * 1024,
  });
  try {
    return await new Promise<Finding>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('given up')), { once: true });
      socket.on('unexpected-response', (_request, response) => {
        const status = response.statusCode ?? 0;
        const message = `${spec.path} answers ${explainStatus(status)} instead of switching to WebSocket (101).`;
        resolve({ status: 'failed', message, detail: { status, via } });
      });
      socket.on('error', reject);
      socket.on('close', (code) => reject(new Error(`the WebSocket was closed with code ${code}`)));
      const passed = (frame: string | null) => {
        const subprotocol = socket.protocol || null;
        const seen = frame === null ? '' : `, and a ${frame} frame came`;
        const message = `${spec.path} switches to WebSocket (101)${seen}.`;
        resolve({ status: 'passed', message, detail: { status: 101, subprotocol, frame, via } });
      };
      socket.on('open', () => {
        if (!spec.frame) passed(null);
        else if (spec.sends !== undefined) socket.send(spec.sends);
        else socket.ping();
      });
      socket.on('message', (_data, binary) => passed(binary ? 'binary' : 'text'));
      socket.on('pong', () => passed('pong'));
    });
  } finally {
    socket.removeAllListeners();
    // Closing a socket that is still connecting reports an error, which nobody waits for.
    socket.on('error', () => undefined);
    socket.terminate();
    line.stream.destroy();
  }
}
