import { FileCheck2, Play, Puzzle, ShieldCheck } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Card } from '#components/ui/card';
import type { Issue } from '#core/issue';
import { isEmpty } from '#core/plan/is-empty';
import type { TargetPlan } from '#core/plan/target-plan';
import { list, summarize } from '../diff/change-text';
import { serverTitle } from '../kit/server-title';
import { BaselinePanel } from './baseline-panel';
import { fieldWords } from './group-words';
import { IssueList } from './issue-list';
import { PreflightPanel } from './preflight-panel';
import { TargetTitle } from './target-title';
import { UnchangedFiles } from './unchanged-files';

interface Props {
  team: string;
  plan: TargetPlan;
  /** What can be done about a finding right here. */
  action?: ((issue: Issue) => ReactNode) | undefined;
  /** The diffs of its files. */
  children: ReactNode;
}

/** Everything that an apply would do to one web server on one host. */
export function TargetSection({ team, plan, action, children }: Props) {
  const server = serverTitle(plan.target.server);
  return (
    <section aria-label={`${server} on ${plan.hostName}`} className="flex min-w-0 flex-col gap-3">
      <TargetTitle team={team} plan={plan} summary={summarize(plan)} />
      <SiteLines team={team} plan={plan} />
      {plan.preflight.status === 'failed' && <PreflightPanel team={team} plan={plan} />}
      {plan.issues.length > 0 && (
        <Card className="overflow-hidden">
          <h3 className="border-b px-3 py-2 font-medium text-sm">
            {plan.issues.some((issue) => issue.severity === 'error')
              ? 'This stops the apply'
              : 'Know before you apply'}
          </h3>
          <IssueList team={team} issues={plan.issues} sites={plan.sites} action={action} />
        </Card>
      )}
      {children}
      <SideEffects plan={plan} />
      {!isEmpty(plan) && plan.preflight.status !== 'failed' && <PreflightPanel team={team} plan={plan} />}
      <BaselinePanel probes={plan.baselineProbes} />
      <UnchangedFiles changes={plan.changes} />
    </section>
  );
}

function SiteLines({ team, plan }: { team: string; plan: TargetPlan }) {
  const moving = plan.sites.filter((site) => site.selected);
  if (moving.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {moving.map((site) => (
        <li key={site.siteId} className="min-w-0">
          <Link
            href={`/${team}/sites/${site.siteId}`}
            className="rounded-sm font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
          >
            {site.name}
          </Link>{' '}
          <span className="text-muted-foreground">
            {revisionWords(site.from, site.to)}
            {site.fields && site.fields.length > 0 && `: ${site.fields.map(fieldWords).join(', ')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function revisionWords(from: number | null, to: number | null): string {
  if (to === null) return 'is removed';
  if (from === null) return `first apply, revision ${to}`;
  return from === to ? `stays at revision ${to}` : `revision ${from} → ${to}`;
}

function SideEffects({ plan }: { plan: TargetPlan }) {
  const server = serverTitle(plan.target.server);
  const effects = [
    ...plan.certificates.map((certificate) => ({
      icon: ShieldCheck,
      text: certificate.missing
        ? `A self-signed certificate is made on the host for ${list(certificate.hostnames)}; its key never leaves it`
        : `The host's own self-signed certificate for ${list(certificate.hostnames)} stays, and is replaced where it does not cover the names or ends within 30 days`,
      path: certificate.certificatePath,
    })),
    ...plan.modules.map((module) => ({ icon: Puzzle, text: `The module ${module} is needed`, path: null })),
    ...(plan.startServer
      ? [{ icon: Play, text: `${server} is not running: the apply starts it`, path: null }]
      : []),
    ...(plan.listeners.length > 0
      ? [
          {
            icon: FileCheck2,
            text: `Afterwards ${server} must listen on ${list(plan.listeners.map(({ port, protocol }) => `${port}/${protocol}`))}`,
            path: null,
          },
        ]
      : []),
  ];
  if (effects.length === 0 || isEmpty(plan)) return null;
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {effects.map(({ icon: Icon, text, path }) => (
        <li key={`${text}${path}`} className="flex gap-2">
          <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {text}
            {path && <code className="ml-1.5 text-muted-foreground text-xs">{path}</code>}
          </span>
        </li>
      ))}
    </ul>
  );
}
