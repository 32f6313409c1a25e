'use client';
import type { ReactNode } from 'react';
import { useController, useFormContext } from 'react-hook-form';
import { cn } from '#components/ui/cn';
import { Input } from '#components/ui/input';
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from '#components/ui/select';
import { Switch } from '#components/ui/switch';
import { Textarea } from '#components/ui/textarea';
import type { EditorValues } from './editor-values';
import { SiteField } from './site-field';

interface Common {
  /** Path in the site document, with dots. */
  field: string;
  label: string;
  hint?: ReactNode;
  aside?: ReactNode;
  labelling?: 'above' | 'hidden';
  className?: string | undefined;
}

const nameOf = (field: string) => `document.${field}` as `document.${string}`;

interface TextProps extends Common {
  placeholder?: string | undefined;
  mono?: boolean;
  /** An emptied field is left out of the document. */
  optional?: boolean;
  autoFocus?: boolean;
  multiline?: boolean;
}

export function TextControl({ placeholder, mono, optional, autoFocus, multiline, ...field }: TextProps) {
  const { register } = useFormContext<EditorValues>();
  const registered = register(nameOf(field.field), {
    setValueAs: (text: unknown) => (optional && text === '' ? undefined : text),
  });
  const shared = {
    placeholder,
    spellCheck: false,
    autoComplete: 'off',
    className: cn(mono && 'font-mono text-[12.5px]'),
  };
  return (
    <SiteField {...field}>
      {(control) =>
        multiline ? (
          <Textarea {...control} {...shared} {...registered} />
        ) : (
          <Input {...control} {...shared} autoFocus={autoFocus} {...registered} />
        )
      }
    </SiteField>
  );
}

interface NumberProps extends Common {
  /** What applies while the field is empty. */
  placeholder?: string | undefined;
  unit?: string;
}

/** Whole numbers. Anything else stays as it was typed, and the schema says what is wrong with it. */
export function NumberControl({ placeholder, unit, ...field }: NumberProps) {
  const { register } = useFormContext<EditorValues>();
  const registered = register(nameOf(field.field), { setValueAs: toNumber });
  return (
    <SiteField {...field}>
      {(control) => (
        <div className="relative">
          <Input
            {...control}
            inputMode="numeric"
            autoComplete="off"
            placeholder={placeholder}
            className={cn('tabular-nums', unit && 'pr-10')}
            {...registered}
          />
          {unit && (
            <span
              aria-hidden
              className="pointer-events-none absolute inset-y-0 right-2.5 flex items-center text-muted-foreground text-xs"
            >
              {unit}
            </span>
          )}
        </div>
      )}
    </SiteField>
  );
}

function toNumber(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  return /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : trimmed;
}

export interface Option {
  value: string;
  label: string;
  description?: string | undefined;
  disabled?: boolean;
}

/** Value of an option that stands for "nothing said". */
export const unset = '(unset)';

interface ChoiceProps extends Common {
  options: readonly Option[];
  /** How option values are written in the document, where they are not texts. */
  decode?: (value: string) => unknown;
  onChosen?: (value: string) => void;
}

export function ChoiceControl({ options, decode, onChosen, ...field }: ChoiceProps) {
  const { field: value } = useController<EditorValues, `document.${string}`>({ name: nameOf(field.field) });
  return (
    <SiteField {...field}>
      {({ 'aria-required': _, ...control }) => (
        <Select
          value={value.value === undefined ? unset : String(value.value)}
          onValueChange={(next) => {
            value.onChange(next === unset ? undefined : decode ? decode(next) : next);
            onChosen?.(next);
          }}
        >
          <SelectTrigger {...control} onBlur={value.onBlur}>
            <SelectValue />
          </SelectTrigger>
          <SelectContent>
            {options.map((option) => (
              <SelectItem
                key={option.value}
                value={option.value}
                description={option.description}
                disabled={option.disabled ?? false}
              >
                {option.label}
              </SelectItem>
            ))}
          </SelectContent>
        </Select>
      )}
    </SiteField>
  );
}

/** A switch for a yes-or-no field of the document. */
export function SwitchControl(field: Common) {
  const { field: value } = useController<EditorValues, `document.${string}`>({ name: nameOf(field.field) });
  return (
    <SiteField {...field} labelling="beside">
      {({ 'aria-required': _, ...control }) => (
        <Switch
          {...control}
          checked={value.value === true}
          onCheckedChange={value.onChange}
          onBlur={value.onBlur}
        />
      )}
    </SiteField>
  );
}

/** A list of texts, one per line. */
export function LinesControl({
  placeholder,
  rows = 3,
  ...field
}: Common & { placeholder?: string; rows?: number }) {
  const { field: value } = useController<EditorValues, `document.${string}`>({ name: nameOf(field.field) });
  const lines = Array.isArray(value.value) ? value.value : [];
  return (
    <SiteField {...field}>
      {(control) => (
        <Textarea
          {...control}
          rows={rows}
          spellCheck={false}
          placeholder={placeholder}
          className="font-mono text-[12.5px]"
          value={lines.join('\n')}
          // An unfinished last line is part of what is being typed; blank ones go when the field is left.
          onChange={(event) =>
            value.onChange(event.target.value === '' ? [] : event.target.value.split('\n'))
          }
          onBlur={() => {
            value.onChange(lines.map((line) => String(line).trim()).filter(Boolean));
            value.onBlur();
          }}
        />
      )}
    </SiteField>
  );
}
