import { Skeleton } from '#components/ui/skeleton';

export function EditorSkeleton() {
  return (
    <div className="grid gap-4 xl:grid-cols-[minmax(0,35rem)_minmax(0,1fr)]" aria-busy>
      <span role="status" className="sr-only">
        Loading
      </span>
      <div className="flex flex-col gap-4">
        <Skeleton className="h-56" />
        <Skeleton className="h-40" />
        <Skeleton className="h-40" />
      </div>
      <Skeleton className="hidden h-[70dvh] xl:block" />
    </div>
  );
}
