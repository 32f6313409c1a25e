import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn';

/** The padded column of a page. `wide` uses the whole width. */
export function Page({
  children,
  wide = false,
  className,
}: {
  children: ReactNode;
  wide?: boolean;
  className?: string | undefined;
}) {
  return (
    <div
      className={cn(
        'mx-auto flex w-full flex-col gap-5 px-4 py-5 sm:px-6 lg:px-8',
        wide ? 'max-w-none' : 'max-w-6xl',
        className,
      )}
    >
      {children}
    </div>
  );
}
