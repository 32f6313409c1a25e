'use client';
import { FormField } from '#components/kit/form-field';
import { Input } from '#components/ui/input';

interface Props {
  value: string;
  onValue: (value: string) => void;
  hint?: string;
  className?: string;
}

/** What a revision says of itself. */
export function MessageField({ value, onValue, ...field }: Props) {
  return (
    <FormField label="What changed" {...field}>
      {(control) => (
        <Input {...control} value={value} maxLength={500} onChange={(event) => onValue(event.target.value)} />
      )}
    </FormField>
  );
}
