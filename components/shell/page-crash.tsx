'use client';
import { Bug } from 'lucide-react';
import { Button } from '#components/ui/button';
import { EmptyState } from './empty-state';

/** Shown when a page itself fails. What was typed into forms is kept in drafts. */
export function PageCrash({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={Bug}
        title="This page stopped working"
        action={<Button onClick={reset}>Show it again</Button>}
      >
        Nothing was changed on any host by this. {error.digest && `The log has it under ${error.digest}.`}
      </EmptyState>
    </main>
  );
}
