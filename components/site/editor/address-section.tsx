'use client';
import { useFormContext, useWatch } from 'react-hook-form';
import { type PresetId, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { slugOf } from './clean-hostname';
import { ChoiceControl, LinesControl, NumberControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { HostnamesControl } from './hostnames-control';
import { OfferedHosts } from './offered-hosts';
import { prefixModeTitles } from './prefix-mode-titles';
import { PublicUrlLine } from './public-url-line';
import { RewriteRules } from './rewrite-rules';
import { Section } from './section';

const modeHints = {
  none: 'The application answers at /.',
  fixed: 'The application has this prefix of its own.',
  keep: 'The application is set to the same prefix and gets it.',
  strip: 'The application knows nothing of the prefix.',
  add: 'The application lives below a path that visitors do not see.',
  rewrite: 'Some prefixes are exchanged for others.',
};

export function AddressSection({ autoFocus }: { autoFocus: boolean }) {
  const form = useFormContext<EditorValues>();
  const [id, mode = 'none'] = useWatch<EditorValues, ['document.preset', 'document.prefix.mode']>({
    name: ['document.preset', 'document.prefix.mode'],
  }) as [PresetId, keyof typeof prefixModeTitles | undefined];
  const preset: Preset = presets[id];
  const modes = preset.prefix.modes;

  return (
    <Section id="address" title="Public address" description="How people reach it.">
      <HostnamesControl
        field="hostnames"
        label="Host names"
        placeholder="ci.example.com"
        autoFocus={autoFocus}
        onFirst={(hostname) => {
          if (form.getValues('document.name') === '' && hostname !== '')
            form.setValue('document.name', slugOf(hostname), { shouldDirty: true });
        }}
      />
      <div className="grid grid-cols-2 gap-4">
        <NumberControl field="httpsPort" label="HTTPS port" />
        <NumberControl field="httpPort" label="HTTP port" hint="Redirects, or the site itself without TLS." />
      </div>
      {modes.length > 1 || modes[0] !== 'none' ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <ChoiceControl
            field="prefix.mode"
            label="Path"
            hint={modeHints[mode]}
            options={[...new Set([...modes, mode])].map((each) => ({
              value: each,
              label: prefixModeTitles[each].replace(/:$/, ''),
            }))}
            onChosen={(next) => {
              const suggestion = next === 'fixed' ? preset.prefix.fixed : preset.prefix.suggestion;
              if (suggestion && (next === 'fixed' || !form.getValues('document.prefix.path')))
                form.setValue<`document.${string}`>('document.prefix.path', suggestion);
            }}
          />
          {mode !== 'none' && mode !== 'rewrite' && (
            <TextControl
              field="prefix.path"
              label="Prefix"
              mono
              placeholder={preset.prefix.suggestion ?? '/ci/'}
              hint="Begins and ends with a slash."
            />
          )}
        </div>
      ) : null}
      {mode === 'rewrite' && <RewriteRules />}
      {mode === 'strip' && (
        <LinesControl
          field="prefix.unstrippedPaths"
          label="Root paths that reach the application as they are"
          placeholder={preset.unstrippedPaths?.[0] ?? '/v2/'}
          rows={2}
        />
      )}
      <PublicUrlLine />
      <OfferedHosts />
    </Section>
  );
}
