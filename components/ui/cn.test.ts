import { describe, expect, it } from 'vitest';
import { cn } from './cn';

describe('cn', () => {
  it('lets a component’s caller override what the component says', () => {
    expect(cn('h-8 px-3 text-sm', 'h-6 px-2')).toBe('text-sm h-6 px-2');
    expect(cn('rounded-lg border bg-card', 'rounded-none border-dashed bg-muted/60')).toBe(
      'border rounded-none border-dashed bg-muted/60',
    );
    expect(cn('size-8', 'h-6')).toBe('size-8 h-6');
    expect(cn('w-4 h-4', 'size-6')).toBe('size-6');
    expect(cn('px-4 py-3', 'p-0')).toBe('p-0');
    expect(cn('max-w-lg', 'max-w-4xl')).toBe('max-w-4xl');
    expect(cn('flex flex-col gap-4', 'flex-row gap-x-2')).toBe('flex gap-4 flex-row gap-x-2');
  });

  it('keeps what does not contradict: sizes and colours, widths and styles, states', () => {
    for (const classes of [
      'text-sm text-muted-foreground text-center text-balance',
      'border border-t border-border border-dashed border-b-2',
      'font-medium font-mono',
      'flex flex-1 flex-wrap',
      'bg-card hover:bg-accent dark:bg-muted',
      'border-l-2 border-l-transparent',
      'h-8 max-sm:h-10 min-h-8',
      'grid grid-cols-2 col-span-2',
    ]) {
      expect(cn(classes)).toBe(classes);
    }
    expect(cn('hover:bg-accent', 'hover:bg-muted')).toBe('hover:bg-muted');
    expect(cn('text-muted-foreground', 'text-[11px]')).toBe('text-muted-foreground text-[11px]');
  });
});
