'use client';
import { Undo2 } from 'lucide-react';
import { ErrorState } from '#components/kit/error-state';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Spinner } from '#components/ui/spinner';
import type { TemplateOffer } from './use-template-offer';

/** Which template the form took over, with the way back. */
export function TakenTemplate({ offer: { taken, taking, undo } }: { offer: TemplateOffer }) {
  if (taking.isPending) {
    return (
      <p role="status" className="flex items-center gap-2 text-muted-foreground text-sm">
        <Spinner />
        Taking over the template
      </p>
    );
  }
  if (taking.error) return <ErrorState error={taking.error} onRetry={taking.retry} />;
  if (taken === null) return null;
  return (
    <Alert
      tone="info"
      title={`Started from ${taken}`}
      action={
        <Button variant="outline" size="sm" onClick={undo}>
          <Undo2 />
          Undo
        </Button>
      }
    >
      What each site has of its own is empty: fill in its host names and where it listens.
    </Alert>
  );
}
