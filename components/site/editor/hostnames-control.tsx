'use client';
import { Plus, X } from 'lucide-react';
import { useController } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { Input } from '#components/ui/input';
import { cleanHostname } from './clean-hostname';
import type { EditorValues } from './editor-values';
import { controlId, SiteField } from './site-field';

interface Props {
  field: string;
  label: string;
  hint?: string;
  placeholder: string;
  autoFocus?: boolean;
  /** Called when the first name was left. */
  onFirst?: (hostname: string) => void;
}

/** Host names, one input each; the first is the canonical one. */
export function HostnamesControl({ field, label, hint, placeholder, autoFocus, onFirst }: Props) {
  const { field: value } = useController<EditorValues, `document.${string}`>({ name: `document.${field}` });
  const names: string[] = Array.isArray(value.value) && value.value.length > 0 ? value.value : [''];
  // Host names have no identity but their place.
  const rows = names.map((name, index) => ({ key: `name-${index}`, name, index }));
  const set = (index: number, ...next: string[]) => value.onChange(names.toSpliced(index, 1, ...next));

  return (
    <SiteField field={field} label={label} group {...(hint && { hint })}>
      {({ id }) => (
        <fieldset
          id={id}
          aria-labelledby={`${id}-label`}
          tabIndex={-1}
          className="min-w-0 flex flex-col gap-1.5"
        >
          {rows.map(({ key, name, index }) => (
            <div key={key} className="flex items-start gap-1.5">
              <HostnameInput
                field={`${field}.${index}`}
                label={index === 0 ? `${label}, canonical` : `${label}, ${index + 1}`}
                name={name}
                placeholder={index === 0 ? placeholder : ''}
                autoFocus={autoFocus && index === 0}
                onChange={(next) => set(index, next)}
                onPasteMany={(many) => set(index, ...many)}
                onLeave={() => {
                  const clean = cleanHostname(name);
                  if (clean !== name) set(index, clean);
                  if (index === 0) onFirst?.(clean);
                }}
              />
              {names.length > 1 && (
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label={`Remove ${name || 'this name'}`}
                  onClick={() => value.onChange(names.toSpliced(index, 1))}
                >
                  <X />
                </Button>
              )}
            </div>
          ))}
          <Button
            variant="ghost"
            size="sm"
            className="-ml-1 w-fit"
            onClick={() => {
              value.onChange([...names, '']);
              requestAnimationFrame(() =>
                document.getElementById(controlId(`${field}.${names.length}`))?.focus(),
              );
            }}
          >
            <Plus />
            Add another name
          </Button>
        </fieldset>
      )}
    </SiteField>
  );
}

interface InputProps {
  field: string;
  label: string;
  name: string;
  placeholder: string;
  autoFocus?: boolean | undefined;
  onChange: (name: string) => void;
  onPasteMany: (names: string[]) => void;
  onLeave: () => void;
}

function HostnameInput({
  field,
  label,
  name,
  placeholder,
  autoFocus,
  onChange,
  onPasteMany,
  onLeave,
}: InputProps) {
  return (
    <SiteField field={field} label={label} labelling="hidden" className="flex-1">
      {(control) => (
        <Input
          {...control}
          value={name}
          placeholder={placeholder}
          autoFocus={autoFocus}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className="font-mono text-[12.5px]"
          onChange={(event) => onChange(event.target.value)}
          onPaste={(event) => {
            const pasted = event.clipboardData
              .getData('text')
              .split(/[\s,;]+/)
              .filter(Boolean);
            if (pasted.length < 2) return;
            event.preventDefault();
            onPasteMany(pasted.map(cleanHostname));
          }}
          onBlur={onLeave}
        />
      )}
    </SiteField>
  );
}
