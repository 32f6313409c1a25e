'use client';
import { Plus, Trash2, X } from 'lucide-react';
import { useFieldArray, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { type PresetId, presets } from '#core/presets/index';
import { ChoiceControl, NumberControl, type Option, SwitchControl, TextControl } from './controls';
import type { EditorValues } from './editor-values';
import { Group, Section } from './section';

const schemes: Option[] = [
  { value: 'http', label: 'http' },
  { value: 'https', label: 'https' },
  { value: 'h2c', label: 'h2c', description: 'HTTP/2 or gRPC without TLS' },
  { value: 'h2', label: 'h2', description: 'HTTP/2 or gRPC over TLS' },
];
const policies: Option[] = [
  { value: 'round-robin', label: 'Round robin' },
  { value: 'least-connections', label: 'Least connections' },
  { value: 'client-address', label: 'Client address: same client, same server' },
  { value: 'cookie', label: 'Cookie: same client, same server' },
];
const newServer = (port: number) => ({
  kind: 'tcp',
  address: '',
  port,
  socket: '',
  weight: 1,
  backup: false,
});

export function UpstreamsSection() {
  const upstreams = useFieldArray({ name: 'document.upstreams' });
  const preset = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' }) as PresetId;
  const { upstream } = presets[preset];
  return (
    <Section
      id="upstreams"
      title="Upstream"
      description="Where the application listens, seen from the web server."
    >
      {upstreams.fields.map((each, index) => (
        <UpstreamFields
          key={each.id}
          index={index}
          named={upstreams.fields.length > 1}
          defaultPort={upstream.port}
          onRemove={upstreams.fields.length > 1 ? () => upstreams.remove(index) : null}
        />
      ))}
      <Button
        variant="ghost"
        size="sm"
        className="-ml-1 w-fit"
        onClick={() =>
          upstreams.append({
            name: `upstream-${upstreams.fields.length + 1}`,
            scheme: 'http',
            servers: [newServer(upstream.port)],
            policy: 'round-robin',
            verify: { mode: 'system' },
          })
        }
      >
        <Plus />
        Add another upstream
      </Button>
    </Section>
  );
}

interface Props {
  index: number;
  named: boolean;
  defaultPort: number;
  onRemove: (() => void) | null;
}

function UpstreamFields({ index, named, defaultPort, onRemove }: Props) {
  const field = `upstreams.${index}`;
  const servers = useFieldArray({ name: `document.${field}.servers` });
  const scheme = useWatch<EditorValues, `document.${string}`>({ name: `document.${field}.scheme` });
  const secure = scheme === 'https' || scheme === 'h2';
  const several = servers.fields.length > 1;
  const content = (
    <div className="flex flex-col gap-3">
      {named && (
        <div className="flex items-end gap-2">
          <TextControl field={`${field}.name`} label="Name" mono className="flex-1" />
          {onRemove && (
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove upstream ${index + 1}`}
              onClick={onRemove}
            >
              <Trash2 />
            </Button>
          )}
        </div>
      )}
      <div className="flex flex-col gap-2">
        {servers.fields.map((server, at) => (
          <ServerFields
            key={server.id}
            upstream={field}
            index={at}
            several={several}
            first={at === 0}
            onRemove={several ? () => servers.remove(at) : null}
          />
        ))}
        <Button
          variant="ghost"
          size="sm"
          className="-ml-1 w-fit"
          onClick={() => servers.append(newServer(defaultPort))}
        >
          <Plus />
          Add another server
        </Button>
      </div>
      {several && <ChoiceControl field={`${field}.policy`} label="Load balancing" options={policies} />}
      {secure && <VerifyFields field={field} />}
    </div>
  );
  return named ? (
    <Group field={field} label={`Upstream ${index + 1}`}>
      {content}
    </Group>
  ) : (
    content
  );
}

interface ServerProps {
  upstream: string;
  index: number;
  several: boolean;
  first: boolean;
  onRemove: (() => void) | null;
}

function ServerFields({ upstream, index, several, first, onRemove }: ServerProps) {
  const field = `${upstream}.servers.${index}`;
  const kind = useWatch<EditorValues, `document.${string}`>({ name: `document.${field}.kind` });
  const labelling = first ? 'above' : 'hidden';
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-start gap-2">
        {first && (
          <ChoiceControl field={`${upstream}.scheme`} label="Scheme" options={schemes} className="w-24" />
        )}
        <ChoiceControl
          field={`${field}.kind`}
          label="By"
          labelling={labelling}
          options={[
            { value: 'tcp', label: 'TCP' },
            { value: 'unix', label: 'Socket', description: 'A unix socket on the host' },
          ]}
          className="w-24"
        />
        {kind === 'unix' ? (
          <TextControl
            field={`${field}.socket`}
            label="Socket"
            labelling={labelling}
            mono
            placeholder="/run/ci/web.sock"
            className="min-w-40 flex-1"
          />
        ) : (
          <>
            <TextControl
              field={`${field}.address`}
              label="Address"
              labelling={labelling}
              mono
              placeholder="127.0.0.1"
              className="min-w-36 flex-1"
            />
            <NumberControl field={`${field}.port`} label="Port" labelling={labelling} className="w-20" />
          </>
        )}
        {onRemove && (
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove server ${index + 1}`}
            onClick={onRemove}
            className={first ? 'mt-6' : undefined}
          >
            <X />
          </Button>
        )}
      </div>
      {several && (
        <div className="flex items-end gap-4 pb-1 pl-1">
          <NumberControl field={`${field}.weight`} label="Weight" className="w-20" />
          <div className="pb-1.5">
            <SwitchControl field={`${field}.backup`} label="Only when all others are down" />
          </div>
        </div>
      )}
    </div>
  );
}

function VerifyFields({ field }: { field: string }) {
  const mode = useWatch<EditorValues, `document.${string}`>({ name: `document.${field}.verify.mode` });
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <ChoiceControl
        field={`${field}.verify.mode`}
        label="Its certificate"
        options={[
          { value: 'system', label: 'Must be trusted by the host' },
          { value: 'ca-file', label: 'Must be signed by a CA file' },
          {
            value: 'skip',
            label: 'Is not checked',
            description: 'Anybody in between can read and change everything',
          },
        ]}
      />
      {mode === 'ca-file' && (
        <TextControl
          field={`${field}.verify.caFile`}
          label="CA file on the host"
          mono
          placeholder="/etc/ssl/ci-ca.pem"
        />
      )}
      <TextControl
        field={`${field}.serverName`}
        label="Name in it"
        mono
        optional
        placeholder="of the first server"
      />
    </div>
  );
}
