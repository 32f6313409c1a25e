'use client';
import { useController, useWatch } from 'react-hook-form';
import { Switch } from '#components/ui/switch';
import { presets } from '#core/presets/index';
import type { Preset } from '#core/presets/preset';
import { ChoiceControl, LinesControl, NumberControl, SwitchControl, TextControl, unset } from './controls';
import type { EditorValues } from './editor-values';
import { FoldedSection } from './section';
import { SiteField } from './site-field';

const fields = [
  'hostHeader',
  'rawUri',
  'trustedProxies',
  'proxyProtocol',
  'logs',
  'http2',
  'http3',
  'ipv6',
  'publicAddress',
];

export function AdvancedSection() {
  const id = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' });
  const { field: publicAddress } = useController<EditorValues, 'switches.publicAddress'>({
    name: 'switches.publicAddress',
  });
  const preset: Preset = presets[id as keyof typeof presets];
  return (
    <FoldedSection id="advanced" title="Advanced" fields={fields} summary="protocols, proxies in front, logs">
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-3">
        <SwitchControl field="http2" label="HTTP/2" />
        <SwitchControl field="http3" label="HTTP/3" />
        <SwitchControl field="ipv6" label="IPv6" />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceControl
          field="hostHeader"
          label="Host header"
          options={[
            { value: 'public', label: 'The public name' },
            { value: 'upstream', label: 'The upstream’s own' },
          ]}
        />
        <ChoiceControl
          field="rawUri"
          label="Encoded characters in paths"
          decode={(value) => value === 'true'}
          options={[
            { value: unset, label: `As for ${preset.title} (${preset.rawUri.value ? 'kept' : 'decoded'})` },
            { value: 'true', label: 'Kept byte for byte' },
            { value: 'false', label: 'Decoded' },
          ]}
        />
        <ChoiceControl
          field="logs.access"
          label="Access log"
          options={[
            { value: 'default', label: 'As the web server is set' },
            { value: 'combined', label: 'Combined' },
            { value: 'timing', label: 'With times of the upstream' },
            { value: 'json', label: 'JSON' },
            { value: 'off', label: 'None' },
          ]}
        />
        <TextControl field="logs.directory" label="Log directory" mono optional placeholder="the usual one" />
      </div>
      <LinesControl
        field="trustedProxies"
        label="Proxies in front of this one"
        placeholder="10.0.0.0/8"
        hint="Their X-Forwarded-For is believed. Empty: clients reach this web server directly."
        rows={2}
      />
      <SwitchControl field="proxyProtocol" label="They speak the PROXY protocol" />
      <SiteField
        field="publicAddress"
        label="People reach it under another scheme or port"
        labelling="beside"
        hint="If a load balancer or port mapping is in front."
      >
        {({ 'aria-required': _, ...control }) => (
          <Switch {...control} checked={publicAddress.value} onCheckedChange={publicAddress.onChange} />
        )}
      </SiteField>
      {publicAddress.value && (
        <div className="grid grid-cols-2 gap-4 pl-10">
          <ChoiceControl
            field="publicAddress.scheme"
            label="Scheme"
            options={[
              { value: 'https', label: 'https' },
              { value: 'http', label: 'http' },
            ]}
          />
          <NumberControl field="publicAddress.port" label="Port" />
        </div>
      )}
    </FoldedSection>
  );
}
