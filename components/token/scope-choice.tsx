'use client';
import { Checkbox } from '#components/ui/checkbox';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import type { Permission } from '#core/access/permissions';
import { type ScopePreset, scopePresets } from '#core/access/scope-presets';
import { permissionWords } from './permission-words';

export type ScopeKind = ScopePreset['id'] | 'single';
export interface ScopeValue {
  readonly kind: ScopeKind;
  /** Chosen one by one; counts for `single` alone. */
  readonly single: readonly Permission[];
}

interface Props {
  readonly value: ScopeValue;
  readonly onChange: (value: ScopeValue) => void;
  /** What the person may give away: what they may do themselves. */
  readonly own: readonly Permission[];
  readonly error?: string | undefined;
}

/** What a new token is for: a preset, or permissions one by one. */
export function ScopeChoice({ value, onChange, own, error }: Props) {
  // A preset that adds nothing to the one before it would only look like more.
  const size = ({ scopes }: ScopePreset) => scopes?.filter((permission) => own.includes(permission)).length;
  const offered = scopePresets.filter(
    (preset, index) => index === 0 || size(preset) !== size(scopePresets[index - 1] ?? preset),
  );
  const toggle = (permission: Permission, on: boolean) =>
    onChange({
      kind: 'single',
      single: on ? [...value.single, permission] : value.single.filter((other) => other !== permission),
    });
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 font-medium text-sm">What it may do</legend>
      <RadioGroup
        aria-label="What it may do"
        value={value.kind}
        onValueChange={(kind) => onChange({ ...value, kind: kind as ScopeKind })}
        className="sm:grid-cols-2"
      >
        {[...offered, { id: 'single', label: 'Single permissions', hint: 'Choose them one by one.' }].map(
          ({ id, label, hint }) => (
            <RadioCard key={id} value={id} className="flex flex-col justify-start">
              <span className="block font-medium text-sm">{label}</span>
              <span className="block text-muted-foreground text-xs">{hint}</span>
            </RadioCard>
          ),
        )}
      </RadioGroup>
      {value.kind === 'single' && (
        <fieldset
          aria-label="Permissions"
          className="grid max-h-56 gap-x-3 gap-y-2 overflow-y-auto rounded-lg border px-3 py-2.5"
        >
          {own.map((permission) => (
            <label
              key={permission}
              htmlFor={`scope-${permission}`}
              className="flex items-center gap-2.5 text-sm"
            >
              <Checkbox
                id={`scope-${permission}`}
                checked={value.single.includes(permission)}
                onCheckedChange={(on) => toggle(permission, on)}
              />
              <span className="min-w-0 flex-1">{permissionWords(permission)}</span>
              <code className="text-muted-foreground text-xs">{permission}</code>
            </label>
          ))}
        </fieldset>
      )}
      {error && (
        <p role="alert" className="text-danger text-xs">
          {error}
        </p>
      )}
    </fieldset>
  );
}
