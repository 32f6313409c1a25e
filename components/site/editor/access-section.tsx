'use client';
import { useController, useWatch } from 'react-hook-form';
import { Switch } from '#components/ui/switch';
import { type PresetId, presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { formatMatch } from '../format-match';
import { isRecord } from './active-branch';
import { ChoiceControl, LinesControl, SwitchControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { FoldedSection } from './section';
import { SiteField } from './site-field';
import { useUpstreamNames } from './use-upstream-names';

const signIns = [
  { value: 'none', label: 'None at the proxy', description: 'The application has its own' },
  {
    value: 'basic',
    label: 'Password file',
    description: 'HTTP basic authentication, an htpasswd file on the host',
  },
  { value: 'forward', label: 'Ask another service', description: 'oauth2-proxy, Authelia, authentik' },
];

// One list for all renders: the section registers it.
const sectionFields = ['access'];

export function AccessSection() {
  const access = useWatch<EditorValues, 'document.access'>({ name: 'document.access' });
  const id = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' }) as PresetId;
  const names = useUpstreamNames();
  const { field: userHeader } = useController<EditorValues, 'switches.userHeader'>({
    name: 'switches.userHeader',
  });
  const preset: Preset = presets[id];
  const auth = isRecord(access) && isRecord(access.auth) ? access.auth.mode : 'none';
  const ip = isRecord(access) && isRecord(access.ip) ? access.ip : {};
  const rules = [ip.allow, ip.deny].flat().filter(Boolean).length;
  const bypassed = preset.locations.filter((location) => location.access === 'bypass-auth');

  return (
    <FoldedSection
      id="access"
      title="Access"
      fields={sectionFields}
      summary={
        [
          auth === 'basic' && 'password',
          auth === 'forward' && 'another service',
          rules > 0 && `${rules} address rules`,
        ]
          .filter(Boolean)
          .join(', ') || 'open to everybody'
      }
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <LinesControl
          field="access.ip.allow"
          label="Only these addresses"
          placeholder={'10.0.0.0/8\n2001:db8::/32'}
          hint="One per line; empty means all."
        />
        <LinesControl
          field="access.ip.deny"
          label="Never these"
          placeholder="203.0.113.7"
          hint="Asked first."
        />
      </div>
      <ChoiceControl field="access.auth.mode" label="Sign-in at the proxy" options={signIns} />
      {auth === 'basic' && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <TextControl
              field="access.auth.usersFile"
              label="Password file on the host"
              mono
              placeholder="/etc/nginx/ci.htpasswd"
            />
            <TextControl field="access.auth.realm" label="Shown as" placeholder="CI" />
          </div>
          <SwitchControl
            field="access.auth.passAuthorization"
            label="Send the password on to the application"
            hint="Only for applications that check the same one."
          />
        </>
      )}
      {auth === 'forward' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <ChoiceControl
            field="access.auth.upstream"
            label="Service"
            hint="One of the upstreams above."
            options={names.map((name) => ({ value: name, label: name }))}
          />
          <TextControl field="access.auth.path" label="Path it is asked at" mono placeholder="/oauth2/auth" />
          <LinesControl
            field="access.auth.copyHeaders"
            label="Headers to take over"
            placeholder="X-Auth-Request-User"
            rows={2}
          />
          <TextControl
            field="access.auth.signInUrl"
            label="Where people sign in"
            mono
            optional
            placeholder="answers 401"
          />
        </div>
      )}
      {auth !== 'none' && (
        <>
          <ChoiceControl
            field="access.satisfy"
            label="Addresses and sign-in"
            options={[
              { value: 'all', label: 'Both must agree' },
              { value: 'any', label: 'One is enough', description: 'An allowed address needs no sign-in' },
            ]}
          />
          {bypassed.length > 0 && (
            <SwitchControl
              field="access.presetBypass"
              label={`Leave out what has its own authentication (${bypassed.length} paths)`}
              hint={
                <span className="font-mono text-[11.5px]">
                  {bypassed.map(({ match }) => formatMatch(match)).join('  ')}
                </span>
              }
            />
          )}
          <SiteField
            field="access.userHeader"
            label="Tell the application who signed in"
            labelling="beside"
            hint={
              preset.userHeader?.why ?? 'In a request header; one that comes from outside is always removed.'
            }
          >
            {({ 'aria-required': _, ...control }) => (
              <Switch {...control} checked={userHeader.value} onCheckedChange={userHeader.onChange} />
            )}
          </SiteField>
          {userHeader.value && (
            <div className="grid gap-4 pl-10 sm:grid-cols-2">
              <TextControl
                field="access.userHeader.name"
                label="Header"
                mono
                placeholder={preset.userHeader?.name ?? 'X-Forwarded-User'}
              />
              <TextControl field="access.userHeader.value" label="Value" mono placeholder="{user}" />
            </div>
          )}
        </>
      )}
    </FoldedSection>
  );
}
