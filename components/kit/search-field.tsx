'use client';
import { Search } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '#components/ui/cn';
import { Input } from '#components/ui/input';
import { Kbd } from '#components/ui/kbd';

interface Props extends Omit<ComponentProps<'input'>, 'onChange' | 'value'> {
  /** What it searches, as screen readers say it. */
  label: string;
  value: string;
  onValue: (value: string | null) => void;
}

/** The search of a page, which the key / leads to. */
export function SearchField({ label, value, onValue, className, ...props }: Props) {
  return (
    <div className={cn('relative w-full', className)}>
      <Search
        className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted-foreground"
        aria-hidden
      />
      <Input
        type="search"
        data-page-search
        aria-label={label}
        className="pr-8 pl-8 [&::-webkit-search-cancel-button]:hidden"
        value={value}
        onChange={(event) => onValue(event.target.value || null)}
        {...props}
      />
      {value === '' && <Kbd className="absolute top-[7px] right-2 max-sm:hidden">/</Kbd>}
    </div>
  );
}
