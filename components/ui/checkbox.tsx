'use client';
import { Check, Minus } from 'lucide-react';
import type * as React from 'react';
import { useEffect, useRef } from 'react';
import { cn } from './cn';

interface CheckboxProps extends Omit<React.ComponentProps<'input'>, 'type' | 'checked' | 'onChange'> {
  checked: boolean | 'indeterminate';
  onCheckedChange?: (checked: boolean) => void;
}

/** The browser's own checkbox in our clothes. */
export function Checkbox({ checked, onCheckedChange, className, ...props }: CheckboxProps) {
  const input = useRef<HTMLInputElement>(null);
  const mixed = checked === 'indeterminate';
  const Mark = mixed ? Minus : Check;
  useEffect(() => {
    if (input.current) input.current.indeterminate = mixed;
  }, [mixed]);
  return (
    <span data-slot="checkbox" className={cn('relative inline-flex size-4 shrink-0', className)}>
      <input
        ref={input}
        type="checkbox"
        checked={checked === true}
        onChange={(event) => onCheckedChange?.(event.target.checked)}
        // The pressable area is 24 px although the box is 16.
        className="size-4 appearance-none rounded-sm border border-input bg-card shadow-xs transition-colors before:absolute before:-inset-1 before:content-[''] checked:border-primary checked:bg-primary indeterminate:border-primary indeterminate:bg-primary disabled:cursor-not-allowed disabled:opacity-50 aria-invalid:border-danger"
        {...props}
      />
      {checked !== false && (
        <Mark
          aria-hidden
          strokeWidth={3}
          className="pointer-events-none absolute inset-px size-3.5 text-primary-foreground"
        />
      )}
    </span>
  );
}
