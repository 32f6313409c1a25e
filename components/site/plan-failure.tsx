import { ErrorState } from '#components/kit/error-state';
import { Button } from '#components/ui/button';

/** A plan that could not be made, with the way to try again or go on without. */
export function PlanFailure({
  error,
  onRetry,
  onDismiss,
}: {
  error: unknown;
  onRetry: () => void;
  onDismiss: () => void;
}) {
  return (
    <div className="flex items-start gap-2">
      <ErrorState error={error} onRetry={onRetry} />
      <Button variant="ghost" onClick={onDismiss}>
        Dismiss
      </Button>
    </div>
  );
}
