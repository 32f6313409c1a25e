import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { describeHost } from './describe-host';
import { findHost } from './find-host';

/** One host with its check list. */
export const getHost: Handler<typeof contract.hosts.get> = async ({ db, params }) =>
  describeHost(await findHost(db, params.id));
