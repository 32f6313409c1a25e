import 'server-only';
import { Issue } from '#core/issue';
import { maxNamed, type NotifyEventName } from '#core/notify/event';
import { failureWords } from '#core/notify/failure-words';
import { notify } from '../../messages/notify/notify';
import type { WriteDb } from '../../platform/database/db';
import type { SummaryRow } from './apply-view';

const events = {
  succeeded: 'apply.finished',
  failed: 'apply.failed',
  'rolled-back': 'apply.rolled-back',
} as const satisfies Record<string, NotifyEventName>;

/** Tells how an apply has ended, in the transaction that records it. What a person cancelled before it began is no news. */
export async function notifyApply(tx: WriteDb, apply: SummaryRow): Promise<void> {
  const name = events[apply.status as keyof typeof events];
  if (!name) return;
  const sites = apply.plan.sites.map(({ site }) => ({ id: site.id, name: site.name }));
  const hosts = [...new Set(apply.targets.map(({ target }) => target.host.name))];
  await notify(tx, {
    teamId: apply.teamId,
    siteIds: sites.map(({ id }) => id),
    event: {
      name,
      applyId: apply.id,
      sites: sites.slice(0, maxNamed),
      hosts: hosts.slice(0, maxNamed),
      by: apply.requestedBy?.name ?? null,
      reason: apply.failure === null ? null : failureWords(Issue.parse(apply.failure)),
    },
  });
}
