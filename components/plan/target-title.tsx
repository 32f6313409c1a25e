import Link from 'next/link';
import { Badge } from '#components/ui/badge';
import type { TargetPlan } from '#core/plan/target-plan';
import { serverTitle } from '../kit/server-title';

/** Names one web server on one host, and says in a sentence how much a plan does there. */
export function TargetTitle({ team, plan, summary }: { team: string; plan: TargetPlan; summary: string }) {
  return (
    <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <h2 className="font-semibold text-lg [overflow-wrap:anywhere]">
        <Link
          href={`/${team}/hosts/${plan.hostId}`}
          className="rounded-sm underline-offset-4 hover:underline"
        >
          {plan.hostName}
        </Link>
      </h2>
      <Badge tone="outline">{serverTitle(plan.target.server, plan.target.version)}</Badge>
      <p className="text-muted-foreground text-sm">{summary}.</p>
    </header>
  );
}
