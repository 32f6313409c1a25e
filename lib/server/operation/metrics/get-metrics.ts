import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { limitRate } from '../../door/limit-rate';
import { env } from '../../platform/env';
import { AppError } from '../../platform/errors/app-error';
import { problemResponse } from '../../platform/errors/problem-response';
import { log } from '../../platform/log';
import { metrics } from '../../platform/metrics';
import { readSecretFile } from '../../platform/secrets/read-secret-file';
import { measureDatabase } from './measure-database';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Everything that is measured, in Prometheus' text format. Not there at all unless the settings name a file with a token; the caller
 * brings that token. It is read each time, so that it can be changed without a restart.
 */
export async function getMetrics(request: Request): Promise<Response> {
  try {
    const { metricsTokenFile } = env();
    if (metricsTokenFile === null) throw new AppError('not-found', 'There is nothing here.');
    const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
    const good =
      given !== undefined && timingSafeEqual(digest(given), digest(readSecretFile(metricsTokenFile)));
    if (!good) {
      const address = request.headers.get('x-gatehouse-address') ?? 'unknown';
      await limitRate(`metrics ${address}`, { points: 30, perSeconds: 60 });
      throw new AppError('unauthenticated', 'This token does not open the metrics.');
    }
    measureDatabase();
    const { registry } = metrics();
    return new Response(await registry.metrics(), {
      headers: { 'content-type': registry.contentType, 'cache-control': 'no-store' },
    });
  } catch (error) {
    const { response, expected } = problemResponse(error, 'metrics');
    if (!expected) log().error({ err: error }, 'metrics could not be read');
    return response;
  }
}
