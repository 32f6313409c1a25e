import { Card } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';

export function ListSkeleton({ what, rows = 5 }: { what: string; rows?: number }) {
  return (
    <Card role="status">
      <span className="sr-only">Loading {what}</span>
      <ul aria-hidden className="divide-y">
        {Array.from({ length: rows }, (_, index) => `${index}`).map((key) => (
          <li key={key} className="flex h-12 items-center gap-4 px-4">
            <Skeleton className="h-5 w-24" />
            <Skeleton className="h-4 w-48" />
            <Skeleton className="ml-auto h-4 w-20" />
          </li>
        ))}
      </ul>
    </Card>
  );
}
