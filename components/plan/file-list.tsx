'use client';
import { Check, FileMinus2, FilePen, FilePlus2, Link2, type LucideIcon } from 'lucide-react';
import { cn } from '#components/ui/cn';
import type { Change } from '#core/change/change';
import { ChangeCounts } from '../diff/change-counts';
import { diffedChange } from '../diff/change-lines';
import { actionTitles } from '../diff/change-text';

const icons: Record<Change['action'], [LucideIcon, string]> = {
  create: [FilePlus2, 'text-ok'],
  update: [FilePen, 'text-brand'],
  delete: [FileMinus2, 'text-danger'],
  noop: [FilePen, 'text-muted-foreground'],
};

export interface ListedFile {
  readonly id: string;
  readonly change: Change;
  readonly viewed: boolean;
}

interface Props {
  groups: readonly { title: string; files: readonly ListedFile[] }[];
}

/** The changed files, each a way to its diff. */
export function FileList({ groups }: Props) {
  return (
    <nav aria-label="Changed files" className="flex flex-col gap-4">
      {groups.map(({ title, files }) => (
        <div key={title} className="min-w-0">
          <h2 className="mb-1 truncate px-2 font-medium text-muted-foreground text-xs" title={title}>
            {title}
          </h2>
          <ul>
            {files.map(({ id, change, viewed }) => (
              <li key={id}>
                <FileLink id={id} change={change} viewed={viewed} />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function FileLink({ id, change, viewed }: ListedFile) {
  const [Icon, tone] =
    change.after.kind === 'link' ? ([Link2, icons[change.action][1]] as const) : icons[change.action];
  const { counts } = diffedChange(change);
  const slash = change.path.lastIndexOf('/');
  return (
    <a
      href={`#${id}`}
      title={change.path}
      className="group flex min-h-8 items-center gap-2 rounded-md px-2 py-1 text-sm hover:bg-accent"
      onClick={(event) => {
        const card = document.getElementById(id);
        if (!card) return;
        event.preventDefault();
        card.scrollIntoView({ block: 'start' });
        card.focus({ preventScroll: true });
        history.replaceState(history.state, '', `#${id}`);
      }}
    >
      <Icon className={cn('size-4 shrink-0', tone)} aria-hidden />
      <span className={cn('min-w-0 flex-1', viewed && 'text-muted-foreground')}>
        <bdi className="block truncate font-mono text-xs">{change.path.slice(slash + 1)}</bdi>
        <bdi className="block truncate font-mono text-[11px] text-muted-foreground">
          {change.path.slice(0, slash)}
        </bdi>
      </span>
      <span className="sr-only">{actionTitles[change.action]}</span>
      {viewed ? (
        <>
          <Check className="size-3.5 shrink-0 text-ok" aria-hidden />
          <span className="sr-only">viewed</span>
        </>
      ) : (
        counts.added + counts.removed > 0 && <ChangeCounts counts={counts} />
      )}
    </a>
  );
}
