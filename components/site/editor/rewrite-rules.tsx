'use client';
import { ArrowRight, Plus, X } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { TextControl } from './controls';
import { SiteField } from './site-field';

/** Public prefixes and what the application gets instead. */
export function RewriteRules({ field = 'prefix.rules' }: { field?: string }) {
  const rules = useFieldArray({ name: `document.${field}` });
  return (
    <SiteField field={field} label="Rewritten prefixes" group>
      {({ id }) => (
        <fieldset
          id={id}
          aria-labelledby={`${id}-label`}
          tabIndex={-1}
          className="min-w-0 flex flex-col gap-1.5"
        >
          {rules.fields.map((rule, index) => (
            <div key={rule.id} className="flex items-start gap-1.5">
              <TextControl
                field={`${field}.${index}.from`}
                label={`Rule ${index + 1}: public prefix`}
                labelling="hidden"
                mono
                placeholder="/public/"
                className="flex-1"
              />
              <ArrowRight className="mt-2 size-4 shrink-0 text-muted-foreground" aria-hidden />
              <TextControl
                field={`${field}.${index}.to`}
                label={`Rule ${index + 1}: prefix of the application`}
                labelling="hidden"
                mono
                placeholder="/app/"
                className="flex-1"
              />
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove rule ${index + 1}`}
                onClick={() => rules.remove(index)}
              >
                <X />
              </Button>
            </div>
          ))}
          <Button
            variant="ghost"
            size="sm"
            className="-ml-1 w-fit"
            onClick={() => rules.append({ from: '', to: '' })}
          >
            <Plus />
            Add a rule
          </Button>
        </fieldset>
      )}
    </SiteField>
  );
}
