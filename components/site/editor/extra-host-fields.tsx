'use client';
import { ChevronRight, Trash2 } from 'lucide-react';
import { useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { LazyDetails } from '../../kit/lazy-details';
import { ChoiceControl, NumberControl, type Option, TextControl, unset } from './controls';
import type { EditorValues } from './editor-values';
import { HostnamesControl } from './hostnames-control';
import { IssuerFields } from './issuer-fields';
import { prefixModeTitles } from './prefix-mode-titles';
import { RewriteRules } from './rewrite-rules';
import { Group } from './section';
import { useUpstreamNames } from './use-upstream-names';

const classes: Option[] = [
  { value: 'http', label: 'Pages and API' },
  { value: 'grpc', label: 'gRPC', description: 'Needs an upstream of scheme h2c or h2' },
  { value: 'upload', label: 'Uploads' },
  { value: 'download', label: 'Downloads' },
];
const modes: Option[] = (['none', 'add', 'keep', 'strip', 'fixed', 'rewrite'] as const).map((value) => ({
  value,
  label: prefixModeTitles[value].replace(/:$/, ''),
}));

/** One further name of the site: what it is for and where it leads, its limits and access behind a fold. */
export function ExtraHostFields({ index, onRemove }: { index: number; onRemove: () => void }) {
  const field = `extraHosts.${index}`;
  const names = useUpstreamNames();
  return (
    <Group field={field} label={`Name ${index + 1}`} className="flex flex-col gap-3">
      <div className="flex items-end gap-2">
        <TextControl field={`${field}.purpose`} label="Purpose" mono placeholder="grpc" className="flex-1" />
        <Button variant="ghost" size="icon" aria-label={`Remove name ${index + 1}`} onClick={onRemove}>
          <Trash2 />
        </Button>
      </div>
      <HostnamesControl field={`${field}.hostnames`} label="Host names" placeholder="grpc.ci.example.com" />
      <div className="grid grid-cols-2 gap-3">
        <ChoiceControl
          field={`${field}.upstream`}
          label="Upstream"
          options={names.map((name) => ({ value: name, label: name }))}
        />
        <ChoiceControl field={`${field}.class`} label="Carries" options={classes} />
      </div>
      <LazyDetails
        className="group/host"
        summary={
          <>
            <ChevronRight className="size-3 transition-transform group-open/host:rotate-90" aria-hidden />
            Path, limits, access, certificate
          </>
        }
        summaryClassName="flex w-fit list-none items-center gap-1 rounded-sm py-0.5 text-muted-foreground text-xs hover:text-foreground [&::-webkit-details-marker]:hidden"
      >
        <Details field={field} />
      </LazyDetails>
    </Group>
  );
}

function Details({ field }: { field: string }) {
  const [mode, tls] = useWatch<EditorValues, [`document.${string}`, `document.${string}`]>({
    name: [`document.${field}.prefix.mode`, `document.${field}.tls.mode`],
  }) as unknown[];
  return (
    <div className="mt-2 flex flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2">
        <ChoiceControl field={`${field}.prefix.mode`} label="Path" options={modes} />
        {mode !== 'none' && mode !== 'rewrite' && (
          <TextControl field={`${field}.prefix.path`} label="Prefix" mono placeholder="/repository/docker/" />
        )}
      </div>
      {mode === 'rewrite' && <RewriteRules field={`${field}.prefix.rules`} />}
      <div className="grid grid-cols-2 gap-3">
        <NumberControl
          field={`${field}.limits.bodySizeMib`}
          label="Largest body"
          unit="MiB"
          placeholder="of the site"
        />
        <NumberControl
          field={`${field}.limits.connectTimeoutSeconds`}
          label="Connecting"
          unit="s"
          placeholder="of the site"
        />
        <NumberControl
          field={`${field}.limits.readTimeoutSeconds`}
          label="Read timeout"
          unit="s"
          placeholder="of the site"
        />
        <NumberControl
          field={`${field}.limits.sendTimeoutSeconds`}
          label="Send timeout"
          unit="s"
          placeholder="of the site"
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
        <ChoiceControl
          field={`${field}.tls.mode`}
          label="Certificate"
          options={[
            { value: unset, label: 'As the site' },
            { value: 'acme', label: 'From an issuer' },
            { value: 'files', label: 'Files on the host' },
            { value: 'self-signed', label: 'Self-signed' },
            { value: 'automatic', label: 'Automatic' },
            { value: 'none', label: 'No TLS' },
          ]}
        />
      </div>
      {tls === 'acme' && <IssuerFields field={`${field}.tls`} />}
      {tls === 'files' && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextControl
            field={`${field}.tls.certificate`}
            label="Certificate, with intermediates"
            mono
            placeholder="/etc/ssl/registry.pem"
          />
          <TextControl field={`${field}.tls.key`} label="Key" mono placeholder="/etc/ssl/registry.key" />
        </div>
      )}
    </div>
  );
}
