import { Skeleton } from '#components/ui/skeleton';

export function RowsSkeleton({ rows }: { rows: number }) {
  return (
    <div className="rounded-lg border bg-card" aria-busy>
      <span role="status" className="sr-only">
        Loading
      </span>
      {Array.from({ length: rows }, (_, row) => `row-${row}`).map((key) => (
        <div key={key} className="flex h-12 items-center gap-6 border-b px-4 last:border-0">
          <Skeleton className="h-4 w-1/4" />
          <Skeleton className="h-4 w-20" />
          <Skeleton className="h-4 w-24 max-md:hidden" />
          <Skeleton className="ml-auto h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
