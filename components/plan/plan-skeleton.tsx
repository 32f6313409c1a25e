import { Page } from '#components/kit/page';
import { Skeleton } from '#components/ui/skeleton';

export function PlanSkeleton() {
  return (
    <Page wide>
      <h1 className="sr-only">Plan</h1>
      <div role="status" className="flex flex-col gap-5">
        <span className="sr-only">Loading the plan</span>
        <Skeleton className="h-8 w-56" />
        <div className="grid gap-6 xl:grid-cols-[16rem_minmax(0,1fr)]">
          <Skeleton className="hidden h-40 xl:block" />
          <div className="flex flex-col gap-3">
            <Skeleton className="h-6 w-72" />
            <Skeleton className="h-16" />
            <Skeleton className="h-64" />
          </div>
        </div>
      </div>
    </Page>
  );
}
