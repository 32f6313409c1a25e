'use client';
import { Plus, X } from 'lucide-react';
import { useFieldArray, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { ChoiceControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { SiteField } from './site-field';

interface Props {
  field: string;
  label: string;
  hint?: string;
  placeholder: { name: string; value: string };
}

/** Headers to set or remove, one per row. */
export function HeaderRules({ field, label, hint, placeholder }: Props) {
  const rules = useFieldArray({ name: `document.${field}` });
  return (
    <SiteField field={field} label={label} group {...(hint && { hint })}>
      {({ id }) => (
        <fieldset
          id={id}
          aria-labelledby={`${id}-label`}
          tabIndex={-1}
          className="min-w-0 flex flex-col gap-1.5"
        >
          {rules.fields.map((rule, index) => (
            <HeaderRow
              key={rule.id}
              field={`${field}.${index}`}
              label={`${label} ${index + 1}`}
              placeholder={placeholder}
              onRemove={() => rules.remove(index)}
            />
          ))}
          <Button
            variant="ghost"
            size="sm"
            className="-ml-1 w-fit"
            onClick={() => rules.append({ op: 'set', name: '', value: '' })}
          >
            <Plus />
            Add a header
          </Button>
        </fieldset>
      )}
    </SiteField>
  );
}

interface RowProps {
  field: string;
  label: string;
  placeholder: Props['placeholder'];
  onRemove: () => void;
}

function HeaderRow({ field, label, placeholder, onRemove }: RowProps) {
  const op = useWatch<EditorValues, `document.${string}`>({ name: `document.${field}.op` });
  return (
    <div className="flex flex-wrap items-start gap-1.5">
      <ChoiceControl
        field={`${field}.op`}
        label={`${label}: what to do`}
        labelling="hidden"
        options={[
          { value: 'set', label: 'Set' },
          { value: 'remove', label: 'Remove' },
        ]}
        className="w-24"
      />
      <TextControl
        field={`${field}.name`}
        label={`${label}: name`}
        labelling="hidden"
        mono
        placeholder={placeholder.name}
        className="min-w-32 flex-1"
      />
      {op === 'set' && (
        <TextControl
          field={`${field}.value`}
          label={`${label}: value`}
          labelling="hidden"
          mono
          placeholder={placeholder.value}
          className="min-w-32 flex-[1.4]"
        />
      )}
      <Button variant="ghost" size="icon" aria-label={`Remove ${label}`} onClick={onRemove}>
        <X />
      </Button>
    </div>
  );
}
