'use client';
import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn';
import { useFocusWithin } from './marks-context';
import { useSectionIssues } from './use-section-issues';

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

/** A section that most sites leave alone: closed, with its state in a few words and the number of findings inside. */
export function FoldedSection({ id, title, summary, fields, children }: FoldedProps) {
  const count = useSectionIssues(fields);
  return (
    <details data-fields={fields.join(' ')} className="group/section rounded-lg border bg-card shadow-xs">
      <summary className="flex min-h-11 list-none items-center gap-2 rounded-lg px-4 py-2 hover:bg-accent/50 [&::-webkit-details-marker]:hidden">
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
      <div className="flex flex-col gap-4 border-t p-4">{children}</div>
    </details>
  );
}

/** A box around fields that belong together, such as one upstream. */
export function Group({
  field,
  className,
  children,
}: {
  field: string;
  className?: string;
  children: ReactNode;
}) {
  const focused = useFocusWithin(field);
  return (
    <div className={cn('rounded-md border p-3 transition-colors', focused && 'border-brand/40', className)}>
      {children}
    </div>
  );
}
