import { ArrowRight, CircleX, Info, type LucideIcon, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn';
import { formatPath } from '#core/format-path';
import type { Issue } from '#core/issue';
import { pathWords } from '#core/site/path-words';
import { plainOutput } from '../diff/visible-text';
import { fieldHref, orderIssues, type SiteRef } from '../kit/issue-order';

const looks = {
  error: { icon: CircleX, word: 'Error', tone: 'text-danger' },
  warning: { icon: TriangleAlert, word: 'Warning', tone: 'text-warning' },
  advice: { icon: Info, word: 'Advice', tone: 'text-brand' },
} as const satisfies Record<Issue['severity'], { icon: LucideIcon; word: string; tone: string }>;

interface Props {
  team: string;
  issues: readonly Issue[];
  /** Sites that the findings can be about. */
  sites: readonly SiteRef[];
  className?: string;
  /** What can be done about one right here. */
  action?: ((issue: Issue) => ReactNode) | undefined;
}

/** Findings in plain words, the worst first, each with the way to the field that made it. */
export function IssueList({ team, issues, sites, className, action }: Props) {
  return (
    <ul className={cn('divide-y', className)}>
      {orderIssues(issues).map((issue) => {
        const { icon: Icon, word, tone } = looks[issue.severity];
        const href = fieldHref(team, issue, sites);
        return (
          <li
            key={`${issue.code} ${issue.site} ${issue.path.join('.')} ${issue.message}`}
            className="flex gap-2.5 px-3 py-2 text-sm"
          >
            <Icon className={cn('mt-0.5 size-4 shrink-0', tone)} aria-hidden />
            <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              <p>
                <span className="sr-only">{word}: </span>
                {issue.site !== undefined && sites.length > 1 && (
                  <span className="font-medium">{issue.site}: </span>
                )}
                {plainOutput(issue.message)}
              </p>
              {issue.hint && <p className="text-muted-foreground">{plainOutput(issue.hint)}</p>}
              {action?.(issue)}
              {href && (
                <Link
                  href={href}
                  className="mt-1 inline-flex min-h-6 items-center gap-1 rounded-sm font-medium text-brand underline-offset-4 hover:underline"
                >
                  Go to the field {pathWords(formatPath(issue.path))}
                  <ArrowRight className="size-3.5" aria-hidden />
                </Link>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
