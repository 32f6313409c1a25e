import 'server-only';
import { planHashInput } from '#core/plan/plan-hash-input';
import type { TargetPlan } from '#core/plan/target-plan';
import { write } from '../platform/database/write';
import { sha256 } from '../platform/sha256';
import type { Things } from './sample-requests';

interface Planned {
  readonly teamId: string;
  readonly userId: string;
  readonly things: Pick<Things, 'site' | 'target' | 'host'>;
  readonly from?: number | null;
  readonly to: number;
  /** Makes the text, and with it the hash, another one. */
  readonly text?: string;
}

/** A plan that is ready to apply, as reading a host would have made it: one new file on one target. */
export function addPlan({ teamId, userId, things, from = null, to, text = 'server {}\n' }: Planned) {
  const document: TargetPlan = {
    targetId: things.target,
    hostId: things.host,
    hostName: 'web1',
    target: { server: 'nginx', version: '1.22.1', openssl: null, layout: 'debian', modules: null },
    sites: [{ siteId: things.site, name: 'ci', from, to, selected: true }],
    changes: [
      {
        path: '/etc/nginx/sites-available/gatehouse-ci.conf',
        action: 'create',
        before: { kind: 'absent' },
        beforeContent: null,
        after: { kind: 'file', content: text, sha256: sha256(text), mode: 0o644 },
        role: 'site',
        site: 'ci',
        drifted: false,
        lastApplied: null,
      },
    ],
    certificates: [],
    listeners: [],
    identities: [],
    modules: [],
    startServer: false,
    accepted: [],
    takenOver: [],
    preflight: {
      status: 'passed',
      method: 'namespace',
      baseline: 'passed',
      output: '',
      baselineOutput: '',
      issues: [],
    },
    issues: [],
    baselineProbes: [],
  };
  return write(async (tx) => {
    const site = await tx.site.findUniqueOrThrow({ where: { id: things.site } });
    return tx.plan.create({
      data: {
        teamId,
        hash: sha256(planHashInput([document])),
        status: 'ready',
        createdById: userId,
        creates: 1,
        sites: { create: { siteId: site.id, revision: site.head } },
        targets: { create: { targetId: things.target, document } },
      },
    });
  });
}
