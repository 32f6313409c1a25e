'use client';
import { ExternalLink, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { type PresetId, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { changePreset, type PresetChange } from './change-preset';
import { TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { PresetFacts } from './preset-facts';
import { Section } from './section';
import { SiteField } from './site-field';

export function PresetSection() {
  const form = useFormContext<EditorValues>();
  const id = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' }) as PresetId;
  const [last, setLast] = useState<{ before: EditorValues; changes: PresetChange[]; title: string } | null>(
    null,
  );
  const preset: Preset = presets[id];

  const choose = (next: PresetId) => {
    const before = structuredClone(form.getValues());
    const { values, changes } = changePreset(before, next);
    form.reset(values, { keepDefaultValues: true, keepDirty: true, keepTouched: true });
    setLast(changes.length > 0 ? { before, changes, title: presets[next].title } : null);
  };

  return (
    <Section id="preset" title="CI server">
      <SiteField
        field="preset"
        label="CI server"
        labelling="hidden"
        group
        hint={
          <>
            {preset.summary}{' '}
            {preset.docsUrl && (
              <a
                href={preset.docsUrl}
                target="_blank"
                rel="noreferrer"
                className="inline-flex items-center gap-1 text-brand hover:underline"
              >
                Its documentation on reverse proxies
                <ExternalLink className="size-3" aria-hidden />
              </a>
            )}
          </>
        }
      >
        {({ id: controlId, 'aria-describedby': describedBy }) => (
          <RadioGroup
            id={controlId}
            aria-labelledby={`${controlId}-label`}
            aria-describedby={describedBy}
            value={id}
            onValueChange={(next) => choose(next as PresetId)}
            className="grid-cols-2 gap-1.5 sm:grid-cols-3"
          >
            {Object.values(presets).map(({ id: value, title }) => (
              <RadioCard
                key={value}
                value={value}
                className={cn('min-h-9 px-2.5 py-1.5', title.length > 16 && 'col-span-2')}
              >
                <span className="block truncate font-medium text-sm">{title}</span>
              </RadioCard>
            ))}
          </RadioGroup>
        )}
      </SiteField>
      {last && (
        <Alert
          tone="info"
          title={`Changed for ${last.title}`}
          action={
            <Button
              variant="outline"
              size="sm"
              onClick={() => {
                form.reset(last.before, { keepDefaultValues: true, keepDirty: true, keepTouched: true });
                setLast(null);
              }}
            >
              <Undo2 />
              Undo
            </Button>
          }
        >
          <ul>
            {last.changes.map(({ label, from, to }) => (
              <li key={label}>
                {label}: <s>{from}</s> → <span className="text-foreground">{to}</span>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <PresetFacts preset={preset} />
      <div className="grid gap-4 sm:grid-cols-[1fr_9rem]">
        <TextControl
          field="name"
          label="Name"
          mono
          placeholder="ci-example-com"
          hint="Names the files on the hosts."
        />
        <TextControl
          field="appVersion"
          label={`${shortTitle(preset.title)} version`}
          mono
          optional
          placeholder="current"
        />
      </div>
      <TextControl field="description" label="Description" placeholder="What it is for, who looks after it" />
    </Section>
  );
}

function shortTitle(title: string): string {
  return title.startsWith('Generic') ? 'Application' : title;
}
