import Link from 'next/link';
import type { ReactNode } from 'react';

/** A row of a list that is one link; `j` and `k` walk along the rows. */
export function RowLink({ href, label, children }: { href: string; label: string; children: ReactNode }) {
  return (
    <li className="relative flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm transition-colors hover:bg-accent/50 has-focus-visible:bg-accent/50">
      <Link
        href={href}
        data-row-link
        aria-label={label}
        className="absolute inset-0 rounded-[inherit] focus-visible:-outline-offset-2"
      />
      {children}
    </li>
  );
}
