import 'server-only';
import type { PrismaClient } from '../../../generated/prisma/client';
import { env } from '../env';
import { log } from '../log';
import { metrics } from '../metrics';

/** Logs and counts a query that took long: what it asked, how, and its time. */
export function noteQuery(model: string, operation: string, ms: number): void {
  const { slowQueryMs } = env();
  if (slowQueryMs === 0 || ms < slowQueryMs) return;
  metrics().slowQueries.inc({ model, operation });
  log().warn({ model, operation, ms: Math.round(ms) }, 'slow query');
}

/**
 * A client that logs queries which took long: model, operation and time. Never arguments, which hold what people typed. The first query of
 * a kind is let pass: Prisma compiles it, and a start would be told as a slow database.
 */
export function watchful(client: PrismaClient): PrismaClient {
  if (env().slowQueryMs === 0) return client;
  const compiled = new Set<string>();
  return client.$extends({
    query: {
      $allModels: {
        async $allOperations({ model, operation, args, query }) {
          const kind = `${model}.${operation}`;
          if (!compiled.has(kind)) {
            compiled.add(kind);
            return query(args);
          }
          const started = performance.now();
          try {
            return await query(args);
          } finally {
            noteQuery(model, operation, performance.now() - started);
          }
        },
      },
    },
  }) as unknown as PrismaClient;
}
