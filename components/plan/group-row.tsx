'use client';
import { ChevronDown, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { useTeam } from '#components/kit/team-context';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { cn } from '#components/ui/cn';
import type { AlikeGroup } from '#core/plan/alike-groups';
import type { GroupKind, SiteGroup } from '#core/plan/site-groups';
import { ChangeCounts } from '../diff/change-counts';
import { diffedChange } from '../diff/change-lines';
import { groupWords } from './group-words';
import { IssueList } from './issue-list';
import { hasWarning } from './use-plan-filter';

const tones = {
  new: 'ok',
  changed: 'info',
  removed: 'danger',
  shared: 'neutral',
} as const satisfies Record<GroupKind, BadgeTone>;

interface Props {
  alike: AlikeGroup;
  open: boolean;
  onOpen: (open: boolean) => void;
  /** Diffs of the files of one site. */
  files: (group: SiteGroup) => ReactNode;
}

/** One site of a large plan, or several that change alike: a line that says what changes, and below it, once unfolded, the diff. */
export function GroupRow({ alike, open, onOpen, files }: Props) {
  const [first] = alike.groups;
  if (!first) return null;
  const many = alike.groups.length > 1;
  const title = first.site === null ? 'Files that all sites share' : first.site.name;
  const counts = first.changes.map((change) => diffedChange(change).counts);
  const warned = alike.groups.filter(hasWarning).length;
  return (
    <article
      aria-label={many ? `${alike.groups.length} sites that change alike` : title}
      className="rounded-lg border bg-card"
    >
      <button
        type="button"
        data-review-file
        aria-expanded={open}
        onClick={() => onOpen(!open)}
        className="flex min-h-11 w-full flex-wrap items-center gap-x-3 gap-y-0.5 rounded-lg px-3 py-1.5 text-left text-sm hover:bg-accent/50"
      >
        <ChevronDown
          className={cn('size-4 shrink-0 text-muted-foreground', !open && '-rotate-90')}
          aria-hidden
        />
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
          {many ? `${alike.groups.length} sites alike: ${title} and ${alike.groups.length - 1} more` : title}
        </span>
        <Badge tone={tones[first.kind]}>{first.kind}</Badge>
        <span className="min-w-0 flex-1 basis-52 text-muted-foreground [overflow-wrap:anywhere]">
          {groupWords(first)}
        </span>
        {warned > 0 && (
          <span className="inline-flex items-center gap-1 text-warning text-xs">
            <TriangleAlert className="size-3.5" aria-hidden />
            {many ? `${warned} with warnings` : 'warnings'}
          </span>
        )}
        <ChangeCounts
          counts={{
            added: counts.reduce((sum, { added }) => sum + added, 0),
            removed: counts.reduce((sum, { removed }) => sum + removed, 0),
          }}
        />
      </button>
      {open && (
        <div className="flex min-w-0 flex-col gap-3 border-t p-3">
          {many && <Differences alike={alike} />}
          {first.issues.length > 0 && <Findings group={first} />}
          {many && (
            <p className="text-muted-foreground text-sm">The text of {title}, and so of the others:</p>
          )}
          {files(first)}
        </div>
      )}
    </article>
  );
}

function Findings({ group }: { group: SiteGroup }) {
  const team = useTeam();
  return (
    <IssueList
      team={team.slug}
      issues={group.issues}
      sites={group.target.sites}
      className="rounded-md border"
    />
  );
}

/** The values in which each site differs from the first one. */
function Differences({ alike }: { alike: AlikeGroup }) {
  const team = useTeam();
  return (
    <section
      aria-label="Differences"
      // A scrolling region must be reachable by keyboard.
      {...scrollable}
      className="max-h-72 overflow-y-auto rounded-md border"
    >
      <ul className="divide-y text-sm">
        {alike.groups.slice(0, shownAtOnce).map((group) => (
          <li key={group.key} className="flex flex-wrap gap-x-3 px-3 py-1">
            {group.site && (
              <Link
                href={`/${team.slug}/sites/${group.site.siteId}`}
                className="min-w-40 font-medium hover:underline"
              >
                {group.site.name}
              </Link>
            )}
            <code className="min-w-0 text-muted-foreground text-xs leading-5 [overflow-wrap:anywhere]">
              {alike.differences.get(group)?.join(' · ') || 'no other value'}
            </code>
          </li>
        ))}
      </ul>
      {alike.groups.length > shownAtOnce && (
        <p className="border-t px-3 py-1.5 text-muted-foreground text-sm">
          And {alike.groups.length - shownAtOnce} more: search for a site to see its values and its diff.
        </p>
      )}
    </section>
  );
}

const shownAtOnce = 200;
const scrollable = { tabIndex: 0 };
