import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { describeWebhook } from './describe-webhook';
import { findWebhook } from './find-webhook';

export const getWebhook: Handler<typeof contract.webhooks.get> = async ({ db, params }) =>
  describeWebhook(await findWebhook(db, params.id));
