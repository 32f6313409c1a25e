import 'server-only';
import type { PrismaClient } from '../generated/prisma/client';
import { env } from './env';
import { log } from './log';
import { metrics } from './metrics/metrics';

/** A client that logs queries which took long: model, operation and time. Never arguments, which hold what people typed. */
export function watchful(client: PrismaClient): PrismaClient {
  const { slowQueryMs } = env();
  if (slowQueryMs === 0) return client;
  return client.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          const started = performance.now();
          try {
            return await query(args);
          } finally {
            const ms = performance.now() - started;
            if (ms >= slowQueryMs) {
              metrics().slowQueries.inc({ model, operation });
              log().warn({ model, operation, ms: Math.round(ms) }, 'slow query');
            }
          }
        },
      },
    },
  }) as unknown as PrismaClient;
}
