import 'server-only';
import packageJson from '../../../../package.json' with { type: 'json' };
import { db } from '../../platform/database/db';
import { log } from '../../platform/log';

/** For load balancers and start scripts: whether this process can do its work. Tells nobody more than that. */
export async function getHealth(): Promise<Response> {
  const { version } = packageJson;
  const headers = { 'cache-control': 'no-store' };
  try {
    await db().team.count({ take: 1 });
    return Response.json({ status: 'ok', version }, { headers });
  } catch (error) {
    log().error({ err: error }, 'health check failed');
    return Response.json({ status: 'failed', version }, { status: 503, headers });
  }
}
