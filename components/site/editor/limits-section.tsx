'use client';
import { useMemo } from 'react';
import { useWatch } from 'react-hook-form';
import { defaultSite } from '#core/presets/default-site';
import { type PresetId, presets } from '#core/presets/index';
import { resolve } from '#core/resolve/resolve';
import type { Limits } from '#core/site/schema';
import { NumberControl } from './controls';
import type { EditorValues } from './editor-values';
import { FoldedSection } from './section';

const fields: { name: keyof Limits; label: string; unit: string; hint: string }[] = [
  { name: 'bodySizeMib', label: 'Largest request body', unit: 'MiB', hint: '0 for no limit' },
  { name: 'readTimeoutSeconds', label: 'Read timeout', unit: 's', hint: '' },
  { name: 'sendTimeoutSeconds', label: 'Send timeout', unit: 's', hint: '' },
  { name: 'connectTimeoutSeconds', label: 'Connect timeout', unit: 's', hint: 'At most 75' },
];

// One list for all renders: the section registers it.
const sectionFields = ['limits'];

export function LimitsSection() {
  const preset = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' }) as PresetId;
  const limits = (useWatch<EditorValues, 'document.limits'>({ name: 'document.limits' }) ?? {}) as Record<
    string,
    unknown
  >;
  const set = fields.filter(({ name }) => limits[name] !== undefined);
  const defaults = useMemo(() => defaultLimits(preset), [preset]);
  return (
    <FoldedSection
      id="limits"
      title="Timeouts and sizes"
      fields={sectionFields}
      summary={set.length > 0 ? `${set.length} of your own` : `as for ${presets[preset].title}`}
    >
      <div className="grid grid-cols-2 gap-4">
        {fields.map(({ name, label, unit, hint }) => (
          <NumberControl
            key={name}
            field={`limits.${name}`}
            label={label}
            unit={unit}
            placeholder={defaults?.[name] ? String(defaults[name].value) : undefined}
            hint={[hint, defaults?.[name]?.why].filter(Boolean).join('. ')}
          />
        ))}
      </div>
    </FoldedSection>
  );
}

type Defaults = Partial<Record<keyof Limits, { value: number; why: string }>>;

/** What applies while nothing is said, with the reason, taken from a site of this preset that says nothing. */
function defaultLimits(preset: PresetId): Defaults | null {
  const last = resolve(defaultSite(preset, 'ci', 'ci.example.com')).vhosts[0]?.locations.at(-1);
  if (last?.action.kind !== 'proxy') return null;
  const { readTimeoutSeconds, sendTimeoutSeconds, connectTimeoutSeconds } = last.action;
  const decided = {
    bodySizeMib: last.bodySizeMib,
    readTimeoutSeconds,
    sendTimeoutSeconds,
    connectTimeoutSeconds,
  };
  return Object.fromEntries(
    Object.entries(decided).map(([name, { value, origin }]) => [name, { value, why: origin.why }]),
  ) as Defaults;
}
