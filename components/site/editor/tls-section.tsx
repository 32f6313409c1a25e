'use client';
import { useController, useWatch } from 'react-hook-form';
import { RadioCard, RadioGroup } from '#components/ui/radio-group';
import { Switch } from '#components/ui/switch';
import { ChoiceControl, LinesControl, NumberControl, SwitchControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { IssuerFields } from './issuer-fields';
import { Section } from './section';
import { SiteField } from './site-field';

const modes = [
  { value: 'self-signed', label: 'Self-signed', description: 'Made on the host at apply, to try it out' },
  {
    value: 'acme',
    label: 'From an issuer',
    description: 'Obtained and renewed by the dashboard (ACME); the key stays on the host',
  },
  { value: 'files', label: 'Files on the host', description: 'A certificate that is there already' },
  { value: 'automatic', label: 'Automatic', description: 'Caddy gets it by itself' },
  { value: 'none', label: 'No TLS', description: 'Plain http' },
];

const dayS = 86_400;
const ages = [
  { value: String(300), label: '5 minutes', description: 'to try it out' },
  { value: String(7 * dayS), label: '1 week' },
  { value: String(180 * dayS), label: '6 months' },
  { value: String(365 * dayS), label: '1 year' },
  { value: String(730 * dayS), label: '2 years' },
];

export function TlsSection() {
  const { field: mode } = useController<EditorValues, 'document.tls.mode'>({ name: 'document.tls.mode' });
  return (
    <Section id="tls" title="TLS">
      <SiteField field="tls" label="Certificate" labelling="hidden" group>
        {({ id, 'aria-describedby': describedBy }) => (
          <RadioGroup
            id={id}
            aria-labelledby={`${id}-label`}
            aria-describedby={describedBy}
            value={String(mode.value)}
            onValueChange={mode.onChange}
            className="grid-cols-1 gap-1.5 sm:grid-cols-2"
          >
            {modes.map(({ value, label, description }) => (
              <RadioCard key={value} value={value} className="px-2.5 py-1.5">
                <span className="block font-medium text-sm">{label}</span>
                <span className="block text-muted-foreground text-xs">{description}</span>
              </RadioCard>
            ))}
          </RadioGroup>
        )}
      </SiteField>
      {mode.value === 'acme' && <IssuerFields field="tls" />}
      {mode.value === 'files' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextControl
            field="tls.certificate"
            label="Certificate, with intermediates"
            mono
            placeholder="/etc/letsencrypt/live/ci.example.com/fullchain.pem"
          />
          <TextControl
            field="tls.key"
            label="Key"
            mono
            placeholder="/etc/letsencrypt/live/ci.example.com/privkey.pem"
          />
        </div>
      )}
      {mode.value !== 'none' && (
        <>
          <div className="grid gap-4 sm:grid-cols-2">
            <ChoiceControl
              field="tlsProfile"
              label="Profile"
              options={[
                {
                  value: 'intermediate',
                  label: 'Intermediate',
                  description: 'TLS 1.2 and 1.3: every client of the last ten years',
                },
                { value: 'modern', label: 'Modern', description: 'TLS 1.3 only' },
              ]}
            />
            <ChoiceControl
              field="redirectStatus"
              label="http goes to https with"
              decode={Number}
              options={[
                { value: '308', label: '308', description: 'keeps the method: hooks survive' },
                { value: '301', label: '301', description: 'for very old clients' },
              ]}
            />
          </div>
          <PlainHttpFields />
          <HstsFields />
          {mode.value !== 'acme' && (
            <TextControl
              field="acmeDirectory"
              label="ACME challenge directory"
              mono
              optional
              placeholder="none"
              hint="Answers http-01 challenges below /.well-known/acme-challenge/ for a client such as certbot."
            />
          )}
        </>
      )}
    </Section>
  );
}

function PlainHttpFields() {
  const chosen = useWatch<EditorValues, 'document.plainHttp.mode'>({ name: 'document.plainHttp.mode' });
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceControl
        field="plainHttp.mode"
        label="The HTTP port"
        options={[
          { value: 'redirect', label: 'leads to HTTPS' },
          { value: 'serve', label: 'serves the same', description: 'for clients that speak no TLS' },
          { value: 'closed', label: 'is left alone', description: 'nothing listens there for this site' },
        ]}
      />
      {chosen === 'redirect' && (
        <LinesControl
          field="plainHttp.paths"
          label="Paths served there too"
          hint="One to a line, such as badges and hooks; /badges/ stands for all below it."
          placeholder="none"
          rows={2}
        />
      )}
    </div>
  );
}

function HstsFields() {
  const { field: on } = useController<EditorValues, 'switches.hsts'>({ name: 'switches.hsts' });
  const age = useWatch<EditorValues, 'document.hsts.maxAgeSeconds'>({ name: 'document.hsts.maxAgeSeconds' });
  const listed = ages.some(({ value }) => value === String(age));
  return (
    <div className="flex flex-col gap-3">
      <SiteField
        field="hsts"
        label="Strict transport security (HSTS)"
        labelling="beside"
        hint="Browsers then refuse plain http for this name. Start with a short time: it cannot be taken back."
      >
        {({ 'aria-required': _, ...control }) => (
          <Switch {...control} checked={on.value} onCheckedChange={on.onChange} />
        )}
      </SiteField>
      {on.value && (
        <div className="flex flex-wrap items-end gap-x-5 gap-y-3 pl-10">
          {listed ? (
            <ChoiceControl
              field="hsts.maxAgeSeconds"
              label="For"
              decode={Number}
              options={ages}
              className="w-36"
            />
          ) : (
            <NumberControl field="hsts.maxAgeSeconds" label="For" unit="s" className="w-36" />
          )}
          <div className="flex h-8 items-center">
            <SwitchControl field="hsts.includeSubDomains" label="Subdomains too" />
          </div>
          <div className="flex h-8 items-center">
            <SwitchControl field="hsts.preload" label="Preload list" />
          </div>
        </div>
      )}
    </div>
  );
}
