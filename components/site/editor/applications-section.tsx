'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { type PresetId, presetIds, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { ChoiceControl, LinesControl, NumberControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { LocationRules } from './locations-editor';
import { prefixModeTitles } from './prefix-mode-titles';
import { FoldedSection, Group } from './section';
import { useUpstreamNames } from './use-upstream-names';

// One list for all renders: the section registers it.
const sectionFields = ['applications'];

type BelowMode = 'fixed' | 'keep' | 'strip';
const belowModes: readonly BelowMode[] = ['fixed', 'keep', 'strip'];
const modesOf = ({ prefix }: Preset): readonly BelowMode[] =>
  belowModes.filter((mode) => prefix.modes.includes(mode));

/** What can live below a prefix at all. */
const offered = presetIds
  .filter((id) => modesOf(presets[id]).length > 0)
  .map((id) => ({ value: id, label: presets[id].title }));

/** Further applications below prefixes of their own, under the same names. */
export function ApplicationsSection() {
  const applications = useFieldArray({ name: 'document.applications' });
  const names = useUpstreamNames();
  const count = applications.fields.length;
  return (
    <FoldedSection
      id="applications"
      title="Further applications"
      fields={sectionFields}
      summary={count === 0 ? 'none' : `${count} below ${count === 1 ? 'a prefix' : 'prefixes'}`}
    >
      <p className="text-muted-foreground text-sm">
        Below a prefix of its own, under the same names, certificate and access rules. Its upstream is one of
        those above.
      </p>
      {applications.fields.map(({ id }, index) => (
        <ApplicationFields
          key={id}
          index={index}
          upstreams={names}
          onRemove={() => applications.remove(index)}
        />
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 w-fit"
        onClick={() =>
          applications.append({
            name: '',
            preset: 'generic',
            prefix: { mode: 'keep', path: '' },
            upstream: names.at(-1) ?? 'main',
            limits: {},
            locations: [],
            access: 'site',
          })
        }
      >
        <Plus />
        Add an application
      </Button>
    </FoldedSection>
  );
}

interface FieldsProps {
  index: number;
  upstreams: readonly string[];
  onRemove: () => void;
}

function ApplicationFields({ index, upstreams, onRemove }: FieldsProps) {
  const field = `applications.${index}`;
  const form = useFormContext<EditorValues>();
  const [id, mode] = useWatch<EditorValues, [`document.${string}`, `document.${string}`]>({
    name: [`document.${field}.preset`, `document.${field}.prefix.mode`],
  }) as [PresetId | undefined, string | undefined];
  const preset: Preset = presets[id ?? 'generic'];
  const set = (path: string, value: string) =>
    form.setValue<`document.${string}`>(`document.${field}.${path}`, value, { shouldDirty: true });
  return (
    <Group field={field} label={`Application ${index + 1}`} className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <ChoiceControl
          field={`${field}.preset`}
          label="Application"
          className="flex-1"
          options={offered}
          onChosen={(next) => {
            const chosen: Preset = presets[next as PresetId];
            const [first] = modesOf(chosen);
            if (first) set('prefix.mode', first);
            const path = chosen.prefix.fixed ?? chosen.prefix.suggestion;
            if (path) set('prefix.path', path);
            if (!form.getValues(`document.${field}.name`)) set('name', next);
          }}
        />
        <Button variant="ghost" size="icon" aria-label={`Remove application ${index + 1}`} onClick={onRemove}>
          <Trash2 />
        </Button>
      </div>
      <div className="grid gap-3 sm:grid-cols-2">
        <TextControl field={`${field}.name`} label="Name" mono placeholder="nexus" />
        <ChoiceControl
          field={`${field}.upstream`}
          label="Upstream"
          options={upstreams.map((name) => ({ value: name, label: name }))}
        />
        <ChoiceControl
          field={`${field}.prefix.mode`}
          label="Path"
          options={modesOf(preset).map((value) => ({
            value,
            label: prefixModeTitles[value].replace(/:$/, ''),
          }))}
        />
        <TextControl
          field={`${field}.prefix.path`}
          label="Prefix"
          mono
          placeholder={preset.prefix.suggestion ?? '/app/'}
        />
        <NumberControl
          field={`${field}.limits.bodySizeMib`}
          label="Largest body"
          unit="MiB"
          placeholder={preset.limits.bodySizeMib ? String(preset.limits.bodySizeMib.value) : '16'}
        />
        <ChoiceControl
          field={`${field}.access`}
          label="Access"
          options={[
            { value: 'site', label: 'As the site' },
            { value: 'bypass-auth', label: 'Without sign-in' },
            { value: 'bypass', label: 'Open to everybody' },
          ]}
        />
      </div>
      {mode === 'strip' && (
        <LinesControl
          field={`${field}.prefix.unstrippedPaths`}
          label="Root paths that reach it as they are"
          placeholder={preset.unstrippedPaths?.[0] ?? 'none'}
          rows={1}
        />
      )}
      <LocationRules field={`${field}.locations`} preset={preset} />
    </Group>
  );
}
