'use client';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { cn } from '#components/ui/cn';
import { IssueNote } from './issue-note';
import { useFieldMarks, useFocusWithin } from './marks-context';
import { useSectionIssues, useSectionLit } from './use-section-marks';

interface Props {
  id: string;
  title: string;
  description?: ReactNode;
  children: ReactNode;
}

export function Section({ id, title, description, children }: Props) {
  return (
    <section aria-labelledby={`section-${id}`} className="rounded-lg border bg-card shadow-xs">
      <div className="border-b px-4 py-2.5">
        <h2 id={`section-${id}`} className="font-semibold text-sm">
          {title}
        </h2>
        {description && <p className="text-muted-foreground text-xs">{description}</p>}
      </div>
      <div className="flex flex-col gap-4 p-4">{children}</div>
    </section>
  );
}

interface FoldedProps extends Props {
  /** What is set inside, in a few words. */
  summary: string;
  /** Top-level fields of the document that live inside. */
  fields: readonly string[];
}

/**
 * A section that most sites leave alone: closed, with its state in a few words and the number of findings inside. Its fields are made when it is
 * opened; until then the section stands for them.
 */
export function FoldedSection({ id, title, summary, fields, children }: FoldedProps) {
  const count = useSectionIssues(fields);
  const lit = useSectionLit(fields, title);
  const [opened, setOpened] = useState(false);
  return (
    <details
      data-field={fields[0]}
      data-section={fields.join(' ')}
      onToggle={(event) => event.currentTarget.open && setOpened(true)}
      className="group/section scroll-mt-24 scroll-mb-28 rounded-lg border bg-card shadow-xs"
    >
      <summary
        className={cn(
          'flex min-h-11 list-none items-center gap-2 rounded-lg px-4 py-2 transition-colors hover:bg-accent/50 [&::-webkit-details-marker]:hidden',
          lit && 'bg-code-lit hover:bg-code-lit',
        )}
      >
        <ChevronRight
          className="size-3.5 shrink-0 text-muted-foreground transition-transform group-open/section:rotate-90"
          aria-hidden
        />
        <h2 id={`section-${id}`} className="shrink-0 font-semibold text-sm">
          {title}
        </h2>
        <span className="min-w-0 flex-1 truncate text-right text-muted-foreground text-xs">{summary}</span>
        {count > 0 && (
          <span className="shrink-0 rounded-full bg-danger-subtle px-1.5 font-medium text-danger text-xs leading-5">
            {count} {count === 1 ? 'error' : 'errors'}
          </span>
        )}
      </summary>
      {opened && <div className="flex flex-col gap-4 border-t p-4">{children}</div>}
    </details>
  );
}

interface GroupProps {
  field: string;
  /** What it is called where a finding leads to it. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** A box around fields that belong together, such as one upstream; shows what none of the fields inside is to blame for. */
export function Group({ field, label, className, children }: GroupProps) {
  const focused = useFocusWithin(field);
  const { issues, revealed, lit } = useFieldMarks(field, label);
  const shown = issues.filter((issue) => revealed || issue.severity !== 'error');
  return (
    <div
      data-field={field}
      data-lit={lit || undefined}
      className={cn(
        'scroll-mt-24 scroll-mb-28 rounded-md border p-3 transition-colors data-lit:bg-code-lit',
        focused && 'border-brand/40',
        className,
      )}
    >
      {children}
      {shown.length > 0 && (
        <div className="mt-2 flex flex-col gap-1">
          {shown.map((issue) => (
            <IssueNote key={`${issue.code} ${issue.path.join('.')} ${issue.where ?? ''}`} issue={issue} />
          ))}
        </div>
      )}
    </div>
  );
}
