import { memo } from 'react';
import { Skeleton } from '#components/ui/skeleton';

interface Props {
  /** Name of the site, `null` while it is not loaded. */
  name: string | null;
  index: number;
  /** Position of the row in the list. */
  topPx: number;
  heightPx: number;
}

/** A row that is not drawn yet: it costs next to nothing, so that a list that is scrolled fast follows the hand. */
export const PassingRow = memo(function PassingRow({ name, index, topPx, heightPx }: Props) {
  return (
    <tr
      aria-rowindex={index + 2}
      style={{ height: heightPx, transform: `translateY(${topPx}px)` }}
      className="contain-strict absolute inset-x-0 top-0 flex items-center border-b pr-9 pl-9 text-sm md:pl-11"
    >
      <td className="w-full truncate font-medium">
        {name ?? (
          <>
            <span className="sr-only">Loading</span>
            <Skeleton className="h-4 w-1/3" />
          </>
        )}
      </td>
    </tr>
  );
});
