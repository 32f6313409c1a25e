'use client';
import { type ComponentProps, createContext, useContext, useId } from 'react';
import { cn } from './cn';

interface Group {
  readonly name: string;
  readonly value: string;
  readonly choose: (value: string) => void;
}

const GroupContext = createContext<Group | null>(null);

interface GroupProps extends ComponentProps<'div'> {
  value: string;
  onValueChange: (value: string) => void;
}

/** One choice of a few. The browser's own radio buttons, which bring their keyboard with them. */
export function RadioGroup({ value, onValueChange, className, ...props }: GroupProps) {
  const name = useId();
  return (
    <GroupContext value={{ name, value, choose: onValueChange }}>
      <div role="radiogroup" data-slot="radio-group" className={cn('grid gap-2', className)} {...props} />
    </GroupContext>
  );
}

interface CardProps extends Omit<ComponentProps<'label'>, 'htmlFor'> {
  value: string;
  disabled?: boolean;
}

/** A choice that is a whole card. */
export function RadioCard({ value, disabled, className, children, ...props }: CardProps) {
  const group = useContext(GroupContext);
  if (!group) throw new Error('RadioCard needs a RadioGroup');
  const checked = group.value === value;
  return (
    <label
      data-slot="radio-card"
      data-state={checked ? 'checked' : 'unchecked'}
      className={cn(
        'group relative rounded-lg border bg-card px-3 py-2.5 text-left shadow-xs transition-colors hover:border-input has-[:disabled]:cursor-not-allowed has-[:disabled]:opacity-50 data-[state=checked]:border-brand data-[state=checked]:bg-brand-subtle/50 data-[state=checked]:shadow-[inset_0_0_0_1px_var(--brand)]',
        className,
      )}
      {...props}
    >
      <input
        type="radio"
        name={group.name}
        value={value}
        checked={checked}
        disabled={disabled}
        onChange={() => group.choose(value)}
        // Over the whole card, so that pointers and the ring of the focus meet what is seen.
        className="absolute inset-0 m-0 size-full appearance-none rounded-[inherit] disabled:cursor-not-allowed"
      />
      {children}
    </label>
  );
}
