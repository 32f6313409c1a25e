'use client';
import { useWatch } from 'react-hook-form';
import { presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { ChoiceControl, unset } from './controls';
import type { EditorValues } from './editor-values';
import { HeaderRules } from './header-rules';
import { FoldedSection } from './section';

const yes = (value: string) => value === 'true';

// One list for all renders: the section registers it.
const sectionFields = ['requestHeaders', 'responseHeaders', 'cookies'];

export function HeadersSection() {
  const [request, response, cookies, id] = useWatch<
    EditorValues,
    ['document.requestHeaders', 'document.responseHeaders', 'document.cookies', 'document.preset']
  >({ name: ['document.requestHeaders', 'document.responseHeaders', 'document.cookies', 'document.preset'] });
  const preset: Preset = presets[id as keyof typeof presets];
  const rules = [request, response].flat().filter(Boolean).length;
  const flags = Object.values((cookies ?? {}) as object).filter((flag) => flag !== undefined).length;
  const said = (fact: boolean | undefined) => `As for ${preset.title} (${fact ? 'yes' : 'no'})`;
  return (
    <FoldedSection
      id="headers"
      title="Headers and cookies"
      fields={sectionFields}
      summary={
        [rules > 0 && `${rules} ${rules === 1 ? 'rule' : 'rules'}`, flags > 0 && 'own cookie flags']
          .filter(Boolean)
          .join(', ') || `as for ${preset.title}`
      }
    >
      <HeaderRules
        field="requestHeaders"
        label="To the application"
        hint="Placeholders: {public_url} {prefix} {client_ip} {scheme} {host} {port} {user}"
        placeholder={{ name: 'X-Environment', value: 'production' }}
      />
      <HeaderRules
        field="responseHeaders"
        label="To the browser"
        placeholder={{ name: 'X-Frame-Options', value: 'DENY' }}
      />
      <div className="grid grid-cols-2 gap-4">
        <ChoiceControl
          field="cookies.secure"
          label="Cookies: Secure"
          decode={yes}
          options={[
            { value: unset, label: said(preset.cookies.secure?.value) },
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'As the application sets them' },
          ]}
        />
        <ChoiceControl
          field="cookies.httpOnly"
          label="HttpOnly"
          decode={yes}
          options={[
            { value: unset, label: said(preset.cookies.httpOnly?.value) },
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'As the application sets them' },
          ]}
        />
        <ChoiceControl
          field="cookies.sameSite"
          label="SameSite"
          options={[
            {
              value: unset,
              label: `As for ${preset.title} (${preset.cookies.sameSite?.value ?? 'untouched'})`,
            },
            { value: 'unset', label: 'As the application sets them' },
            { value: 'lax', label: 'Lax' },
            { value: 'strict', label: 'Strict' },
            { value: 'none', label: 'None' },
          ]}
        />
        <ChoiceControl
          field="cookies.rewritePath"
          label="Path under a stripped prefix"
          decode={yes}
          options={[
            { value: unset, label: said(preset.cookies.rewritePath?.value) },
            { value: 'true', label: 'Put the prefix before it' },
            { value: 'false', label: 'Leave it' },
          ]}
        />
      </div>
    </FoldedSection>
  );
}
