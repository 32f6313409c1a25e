'use client';
import { CircleAlert } from 'lucide-react';
import { type Ref, useSyncExternalStore } from 'react';
import { formatPath } from '#core/format-path';
import { sentence } from '../../kit/sentence';
import { useMarks } from './marks-context';
import { goTo } from './show-field';

/** After a refused save: every error with a way to its field. */
export function IssueSummary({ ref }: { ref: Ref<HTMLDivElement> }) {
  const marks = useMarks();
  const issues = useSyncExternalStore(marks.subscribe, marks.all, marks.all);
  const errors = issues.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return null;
  return (
    <div
      ref={ref}
      tabIndex={-1}
      role="alert"
      className="scroll-mt-20 rounded-lg border border-danger/30 bg-danger-subtle/60 px-4 py-3"
    >
      <h2 className="flex items-center gap-2 font-medium text-sm">
        <CircleAlert className="size-4 text-danger" aria-hidden />
        {errors.length === 1 ? 'One field needs' : `${errors.length} fields need`} attention before this can
        be saved
      </h2>
      <ul className="mt-1.5 space-y-0.5 pl-6 text-sm">
        {errors.slice(0, 12).map((issue) => {
          const field = marks.fieldFor(issue.path);
          const text = (
            <>
              <span className="font-medium">
                {(field && marks.labelOf(field)) ?? formatPath(issue.path)}:
              </span>{' '}
              {sentence(issue.message)}
            </>
          );
          return (
            <li key={`${issue.code} ${formatPath(issue.path)}`} className="[overflow-wrap:anywhere]">
              {field ? (
                <button
                  type="button"
                  className="text-left underline-offset-2 hover:underline"
                  onClick={() => goTo(marks, issue.path)}
                >
                  {text}
                </button>
              ) : (
                text
              )}
            </li>
          );
        })}
        {errors.length > 12 && <li className="text-muted-foreground">and {errors.length - 12} more</li>}
      </ul>
    </div>
  );
}
