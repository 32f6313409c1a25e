import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '#components/ui/button';
import { EmptyState } from './empty-state';

export function NotFound() {
  return (
    <main className="flex min-h-[70dvh] items-center justify-center">
      <EmptyState
        icon={SearchX}
        title="This page does not exist"
        action={
          <Button asChild variant="outline">
            <Link href="/">Back to the start</Link>
          </Button>
        }
      >
        It may have been removed, or it belongs to a team that you are not a member of.
      </EmptyState>
    </main>
  );
}
