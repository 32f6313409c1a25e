'use client';
import { ExternalLink, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useFormContext, useWatch } from 'react-hook-form';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { type PresetId, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { isGeneric } from '../preset-choices';
import { changePreset, type PresetChange } from './change-preset';
import { TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { PresetChooser } from './preset-chooser';
import { PresetFacts } from './preset-facts';
import { Section } from './section';
import { SiteField } from './site-field';
import { TakenTemplate } from './taken-template';
import { useTemplateOffer } from './use-template-offer';

export function PresetSection({ isNew }: { isNew: boolean }) {
  const form = useFormContext<EditorValues>();
  const id = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' }) as PresetId;
  const [last, setLast] = useState<{ before: EditorValues; changes: PresetChange[]; title: string } | null>(
    null,
  );
  const preset: Preset = presets[id];
  const offer = useTemplateOffer(isNew);

  const choose = (next: PresetId) => {
    if (next === id) return;
    const before = structuredClone(form.getValues());
    const { values, changes } = changePreset(before, next);
    form.reset(values, { keepDefaultValues: true, keepDirty: true, keepTouched: true });
    setLast(changes.length > 0 ? { before, changes, title: presets[next].title } : null);
  };

  return (
    <Section
      id="preset"
      title="CI server"
      description={offer.templates.length > 0 && 'A preset, or one of your team’s templates.'}
    >
      <SiteField
        field="preset"
        label="CI server"
        labelling="hidden"
        group
        hint={
          preset.docsUrl && (
            <a
              href={preset.docsUrl}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 text-brand hover:underline"
            >
              Its documentation on reverse proxies
              <ExternalLink className="size-3" aria-hidden />
            </a>
          )
        }
      >
        {(control) => (
          <PresetChooser control={control} value={id} onChoose={choose} offer={isNew ? offer : null} />
        )}
      </SiteField>
      <TakenTemplate offer={offer} />
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
          label={`${isGeneric(preset.title) ? 'Application' : preset.title} version`}
          mono
          optional
          placeholder="current"
        />
      </div>
      <TextControl field="description" label="Description" placeholder="What it is for, who looks after it" />
    </Section>
  );
}
