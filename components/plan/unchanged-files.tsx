import { Badge } from '#components/ui/badge';
import type { Change } from '#core/change/change';
import { PathText } from '../diff/path-text';

/** Files that are as they should be. They are compared once more before the first write, so they are part of the review. */
export function UnchangedFiles({ changes }: { changes: readonly Change[] }) {
  const unchanged = changes.filter((change) => change.action === 'noop');
  if (unchanged.length === 0) return null;
  return (
    <details className="rounded-lg border bg-card text-sm">
      <summary className="min-h-9 px-3 py-2 text-muted-foreground hover:text-foreground">
        {unchanged.length} {unchanged.length === 1 ? 'file stays' : 'files stay'} as{' '}
        {unchanged.length === 1 ? 'it is' : 'they are'}
      </summary>
      <ul className="divide-y border-t">
        {unchanged.map((change) => (
          <li key={change.path} className="flex flex-wrap items-center gap-2 px-3 py-1.5">
            <PathText path={change.path} />
            {change.drifted && <Badge tone="warning">changed by hand, kept</Badge>}
          </li>
        ))}
      </ul>
    </details>
  );
}
