'use client';
import { useWatch } from 'react-hook-form';
import { presets } from '#core/presets/index';
import { resolve } from '#core/site/resolve';
import type { Limits } from '#core/site/schema';
import { analyse } from './analyse';
import { NumberControl } from './controls';
import type { EditorValues } from './editor-values';
import { FoldedSection } from './section';

const fields: { name: keyof Limits; label: string; unit: string; hint: string }[] = [
  { name: 'bodySizeMib', label: 'Largest request body', unit: 'MiB', hint: '0 for no limit' },
  { name: 'readTimeoutSeconds', label: 'Silence of the application', unit: 's', hint: '' },
  { name: 'sendTimeoutSeconds', label: 'Stall while sending to it', unit: 's', hint: '' },
  { name: 'connectTimeoutSeconds', label: 'Connecting to it', unit: 's', hint: 'At most 75' },
];

export function LimitsSection() {
  const values = useWatch<EditorValues>() as EditorValues;
  const limits = (values.document.limits ?? {}) as Record<string, unknown>;
  const set = fields.filter(({ name }) => limits[name] !== undefined);
  const defaults = defaultLimits(values);
  return (
    <FoldedSection
      id="limits"
      title="Timeouts and sizes"
      fields={['limits']}
      summary={set.length > 0 ? `${set.length} of your own` : `as for ${titleOf(values)}`}
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

function titleOf(values: EditorValues): string {
  return presets[values.document.preset as keyof typeof presets]?.title ?? 'any application';
}

type Defaults = Partial<Record<keyof Limits, { value: number; why: string }>>;

/** What applies while nothing is said, with the reason, taken from a site that says nothing. */
function defaultLimits(values: EditorValues): Defaults | null {
  const { site } = analyse({ ...values, document: { ...values.document, limits: {} } });
  const last = site && resolve(site).vhosts[0]?.locations.at(-1);
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
