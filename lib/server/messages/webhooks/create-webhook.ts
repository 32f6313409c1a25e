import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { sealSecret } from '../../platform/secrets/seal-secret';
import { assertList } from './assert-list';
import { describeWebhook, webhookInclude } from './describe-webhook';
import { sealUrl } from './seal-url';
import { newSigningSecret } from './sign-message';

/** Adds a webhook. The answer is the only place where its signing secret is ever shown. */
export const createWebhook: Handler<typeof contract.webhooks.create> = ({ body, team, actor, change }) => {
  const { name, kind, url, events, listId } = body;
  const signingSecret = kind === 'json' ? newSigningSecret() : null;
  return change(async (tx) => {
    await assertList(tx, listId);
    const address = await sealUrl(tx, team.id, url);
    const signingKeyId =
      signingSecret === null
        ? null
        : await sealSecret(tx, { teamId: team.id, purpose: 'webhook-signing-key', value: signingSecret });
    const row = await tx.webhook.create({
      data: { teamId: team.id, name, kind, ...address, signingKeyId, events, listId, createdById: actor.id },
      include: webhookInclude,
    });
    return {
      value: { ...describeWebhook(row), signingSecret },
      audit: { subject: `webhook ${name}`, subjectId: row.id, detail: { host: row.urlHost, kind, events } },
    };
  });
};
