import 'server-only';
import type { Issue } from '#core/issue';
import type { Rendering } from '#core/servers/types';
import type { Site } from '#core/site/schema';
import type { PlanTargetInput } from './load-plan-targets';

/** Advice for Caddy, which ends open connections when it reloads. */
export function closingWebSockets(
  input: PlanTargetInput,
  rendering: Rendering,
  sites: readonly Site[],
): Issue[] {
  if (input.server !== 'caddy' || rendering.files.length === 0 || sites.length === 0) return [];
  return [
    {
      code: 'host.reload-closes-websockets',
      severity: 'advice',
      path: [],
      message:
        'Caddy closes all WebSocket connections when it reloads: open CI pages reconnect, and agents may do so too.',
      hint: 'Apply at a quiet time if jobs depend on an open connection.',
    },
  ];
}
