'use client';
import { Plus, Trash2 } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { ChoiceControl, TextControl } from './controls';
import { HostnamesControl } from './hostnames-control';
import { Group } from './section';
import { SiteField } from './site-field';
import { useUpstreamNames } from './use-upstream-names';

/** Further names of the same site with a purpose of their own. */
export function ExtraHostsEditor() {
  const hosts = useFieldArray({ name: 'document.extraHosts' });
  const names = useUpstreamNames();
  return (
    <SiteField
      field="extraHosts"
      label="Names with another purpose"
      group
      hint="Such as an agents’ gRPC name or a registry."
    >
      {({ id }) => (
        <fieldset
          id={id}
          aria-labelledby={`${id}-label`}
          tabIndex={-1}
          className="min-w-0 flex flex-col gap-2"
        >
          {hosts.fields.map((host, index) => {
            const field = `extraHosts.${index}`;
            return (
              <Group key={host.id} field={field} label={`Name ${index + 1}`} className="flex flex-col gap-3">
                <div className="flex flex-wrap items-end gap-2">
                  <TextControl
                    field={`${field}.purpose`}
                    label="Purpose"
                    mono
                    placeholder="grpc"
                    className="min-w-24 flex-1"
                  />
                  <ChoiceControl
                    field={`${field}.upstream`}
                    label="Upstream"
                    options={names.map((name) => ({ value: name, label: name }))}
                    className="min-w-28 flex-1"
                  />
                  <ChoiceControl
                    field={`${field}.class`}
                    label="Carries"
                    options={[
                      { value: 'http', label: 'Pages and API' },
                      { value: 'grpc', label: 'gRPC' },
                      { value: 'upload', label: 'Uploads' },
                      { value: 'download', label: 'Downloads' },
                    ]}
                    className="min-w-28 flex-1"
                  />
                  <Button
                    variant="ghost"
                    size="icon"
                    aria-label={`Remove name ${index + 1}`}
                    onClick={() => hosts.remove(index)}
                  >
                    <Trash2 />
                  </Button>
                </div>
                <HostnamesControl
                  field={`${field}.hostnames`}
                  label="Host names"
                  placeholder="grpc.ci.example.com"
                />
              </Group>
            );
          })}
          <Button
            variant="ghost"
            size="sm"
            className="-ml-1 w-fit"
            onClick={() =>
              hosts.append({
                purpose: '',
                hostnames: [''],
                upstream: names[0] ?? 'main',
                prefix: { mode: 'none' },
                class: 'http',
                limits: {},
                locations: [],
                access: 'site',
              })
            }
          >
            <Plus />
            Add a name
          </Button>
        </fieldset>
      )}
    </SiteField>
  );
}
