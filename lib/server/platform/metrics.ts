import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { env } from './env';
import { singleton } from './singleton';

export const prefix = 'gatehouse_';

/**
 * What is measured. Labels are taken from lists of ours: operations of the contract, statuses, error codes. Never a name, an address or
 * an id: their number has no bound, and they are nobody else's business.
 */
function makeMetrics() {
  const registry = new Registry();
  const registers = [registry];
  // They cost a little all the time, so only where somebody reads them.
  if (env().metricsTokenFile !== null) collectDefaultMetrics({ register: registry, prefix });
  return {
    registry,
    requests: new Histogram({
      name: `${prefix}http_request_duration_seconds`,
      help: 'Time from request to answer, by operation of the interface and status',
      labelNames: ['operation', 'status'] as const,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
      registers,
    }),
    messages: new Counter({
      name: `${prefix}notification_tries_total`,
      help: 'Tries to send a message, by channel and by outcome',
      labelNames: ['channel', 'outcome'] as const,
      registers,
    }),
    sshDials: new Counter({
      name: `${prefix}ssh_connects_total`,
      help: 'SSH connections begun, by outcome',
      labelNames: ['outcome'] as const,
      registers,
    }),
    sshOpen: new Gauge({
      name: `${prefix}ssh_connections`,
      help: 'SSH connections that are open',
      registers,
    }),
    slowQueries: new Counter({
      name: `${prefix}slow_queries_total`,
      help: 'Database queries that took longer than GATEHOUSE_SLOW_QUERY_MS, by model and operation',
      labelNames: ['model', 'operation'] as const,
      registers,
    }),
  };
}

export const metrics = () => singleton('metrics', makeMetrics);
