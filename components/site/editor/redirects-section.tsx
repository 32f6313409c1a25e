'use client';
import { ArrowRight, Plus, X } from 'lucide-react';
import { useFieldArray, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { ChoiceControl, LinesControl, SwitchControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { FoldedSection, Group } from './section';

// One list for all renders: the section registers it.
const sectionFields = ['aliases', 'redirects'];

const countOf = (list: unknown) => (Array.isArray(list) ? list.length : 0);
const counted = (count: number, one: string, several: string) =>
  count > 0 && `${count} ${count === 1 ? one : several}`;

/** Names and paths that only lead somewhere else. */
export function RedirectsSection() {
  const [names, plainNames, redirects] = useWatch<
    EditorValues,
    ['document.aliases.hostnames', 'document.aliases.plainHostnames', 'document.redirects']
  >({ name: ['document.aliases.hostnames', 'document.aliases.plainHostnames', 'document.redirects'] });
  const summary = [
    counted(countOf(names) + countOf(plainNames), 'alias', 'aliases'),
    counted(countOf(redirects), 'redirect', 'redirects'),
  ].filter(Boolean);
  return (
    <FoldedSection
      id="redirects"
      title="Aliases and redirects"
      fields={sectionFields}
      summary={summary.join(', ') || 'none'}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <LinesControl
          field="aliases.hostnames"
          label="Names that lead to the first host name"
          hint="One to a line; path and query are kept. The certificate covers them too."
          placeholder="old-ci.example.com"
          rows={2}
        />
        <LinesControl
          field="aliases.plainHostnames"
          label="The same, on the HTTP port only"
          hint="For names that no certificate can be had for."
          placeholder="ci"
          rows={2}
        />
      </div>
      <Redirects />
    </FoldedSection>
  );
}

function Redirects() {
  const redirects = useFieldArray({ name: 'document.redirects' });
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {redirects.fields.map(({ id }, index) => {
        const field = `redirects.${index}`;
        return (
          <Group key={id} field={field} label={`Redirect ${index + 1}`} className="flex flex-col gap-3">
            <div className="flex items-start gap-1.5">
              <TextControl
                field={`${field}.from`}
                label={`Redirect ${index + 1}: public path`}
                labelling="hidden"
                mono
                placeholder="/old/"
                className="flex-1"
              />
              <ArrowRight className="mt-2 size-4 shrink-0 text-muted-foreground" aria-hidden />
              <TextControl
                field={`${field}.to`}
                label={`Redirect ${index + 1}: path or address`}
                labelling="hidden"
                mono
                placeholder="/new/ or https://…"
                className="flex-1"
              />
              <Button
                variant="ghost"
                size="icon"
                aria-label={`Remove redirect ${index + 1}`}
                onClick={() => redirects.remove(index)}
              >
                <X />
              </Button>
            </div>
            <div className="grid gap-4 sm:grid-cols-3">
              <ChoiceControl
                field={`${field}.match`}
                label="Takes"
                options={[
                  { value: 'exact', label: 'exactly this path' },
                  {
                    value: 'below',
                    label: 'everything below',
                    description: 'keeps the rest of the path where both end in a slash',
                  },
                ]}
              />
              <ChoiceControl
                field={`${field}.status`}
                label="With"
                decode={Number}
                options={[
                  { value: '308', label: '308', description: 'for good; keeps the method' },
                  { value: '301', label: '301', description: 'for good; for very old clients' },
                  { value: '307', label: '307', description: 'for now; keeps the method' },
                  { value: '302', label: '302', description: 'for now' },
                ]}
              />
              <SwitchControl field={`${field}.keepQuery`} label="Keep the query" />
            </div>
          </Group>
        );
      })}
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 w-fit"
        onClick={() => redirects.append({ from: '', match: 'exact', to: '', status: 308, keepQuery: true })}
      >
        <Plus />
        Add a redirect
      </Button>
    </div>
  );
}
