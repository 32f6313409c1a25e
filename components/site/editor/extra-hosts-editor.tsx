'use client';
import { Plus } from 'lucide-react';
import { useFieldArray } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { ExtraHostFields } from './extra-host-fields';
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
          {hosts.fields.map((host, index) => (
            <ExtraHostFields key={host.id} index={index} onRemove={() => hosts.remove(index)} />
          ))}
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
