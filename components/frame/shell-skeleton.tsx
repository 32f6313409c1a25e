import { Skeleton } from '#components/ui/skeleton';

export function ShellSkeleton() {
  return (
    <div className="flex min-h-dvh" aria-busy>
      <span className="sr-only" role="status">
        Loading
      </span>
      <div className="hidden h-dvh w-56 shrink-0 flex-col gap-3 border-r bg-sidebar p-3 lg:flex">
        <Skeleton className="h-7" />
        <Skeleton className="h-8" />
        <Skeleton className="h-6 w-32" />
        <Skeleton className="h-6 w-28" />
        <Skeleton className="h-6 w-36" />
      </div>
      <div className="flex-1 p-6">
        <Skeleton className="mb-6 h-7 w-40" />
        <Skeleton className="h-64" />
      </div>
    </div>
  );
}
