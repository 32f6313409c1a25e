import { CircleAlert, Lightbulb, TriangleAlert } from 'lucide-react';
import { cn } from '#components/ui/cn';
import { sentence } from '../../kit/sentence';
import type { PlacedIssue } from './marks';

const looks = {
  error: { icon: CircleAlert, className: 'text-danger', word: 'Error' },
  warning: { icon: TriangleAlert, className: 'text-warning', word: 'Warning' },
  advice: { icon: Lightbulb, className: 'text-muted-foreground', word: 'Advice' },
};

/** One finding at its field. */
export function IssueNote({ issue, prefix }: { issue: PlacedIssue; prefix?: string | undefined }) {
  const { icon: Icon, className, word } = looks[issue.severity];
  return (
    <p className={cn('flex items-start gap-1 text-xs', className)}>
      <Icon className="mt-0.5 size-3 shrink-0" aria-hidden />
      <span className="min-w-0 [overflow-wrap:anywhere]">
        <span className="sr-only">{word}: </span>
        {prefix}
        {issue.where && <span className="font-medium">{issue.where}: </span>}
        {sentence(issue.message)}
        {issue.hint && <span className="text-muted-foreground"> {issue.hint}</span>}
      </span>
    </p>
  );
}
