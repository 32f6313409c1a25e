'use client';
import { RotateCw } from 'lucide-react';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { troubleOf } from './describe-error';

interface Props {
  error: unknown;
  onRetry?: () => unknown;
  className?: string;
}

/** A failed request: what happened, what to do next, and the id under which the log has it. */
export function ErrorState({ error, onRetry, className }: Props) {
  const { title, hint, requestId } = troubleOf(error);
  return (
    <Alert
      tone="danger"
      title={title}
      className={className}
      action={
        onRetry && (
          <Button variant="outline" size="sm" onClick={() => onRetry()}>
            <RotateCw />
            Try again
          </Button>
        )
      }
    >
      {hint && <p>{hint}</p>}
      {requestId && (
        <p className="mt-1 text-xs">
          Request <code>{requestId}</code>
        </p>
      )}
    </Alert>
  );
}
