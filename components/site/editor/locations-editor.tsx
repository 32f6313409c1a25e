'use client';
import { ChevronRight, Plus, X } from 'lucide-react';
import { useFieldArray, useFormContext, useWatch } from 'react-hook-form';
import { Button } from '#components/ui/button';
import { presets } from '#core/presets/index';
import type { Preset, PresetSuggestion } from '#core/presets/preset';
import { LazyDetails } from '../../kit/lazy-details';
import { formatMatch } from '../format-match';
import {
  ChoiceControl,
  LinesControl,
  NumberControl,
  type Option,
  SwitchControl,
  TextControl,
  unset,
} from './controls';
import type { EditorValues } from './editor-values';
import { HeaderRules } from './header-rules';
import { useMarks } from './marks-context';
import { OfferRow } from './offer-row';
import { placeOfLocation, withoutTitle, withUpstream } from './preset-offers';
import { Group } from './section';
import { goTo } from './show-field';
import { SiteField } from './site-field';
import { useUpstreamNames } from './use-upstream-names';

const kinds: Option[] = [
  { value: 'exact', label: 'Exactly' },
  { value: 'prefix', label: 'Below' },
  { value: 'suffix', label: 'Ends in' },
  { value: 'segments', label: 'Pattern', description: '* stands for one segment' },
  { value: 'header', label: 'Header' },
];
const classes: Option[] = [
  { value: 'http', label: 'Pages and API' },
  { value: 'ws', label: 'WebSocket' },
  { value: 'sse', label: 'Event stream' },
  { value: 'grpc', label: 'gRPC' },
  { value: 'upload', label: 'Uploads' },
  { value: 'download', label: 'Downloads' },
  { value: 'static', label: 'Files of the host' },
  { value: 'deny', label: 'Refused' },
];
const paths: Record<string, string> = {
  exact: '/ws',
  prefix: '/artifacts/',
  suffix: '/hijack',
  segments: '/api/*/log',
};
const yes = (value: string) => value === 'true';

const emptyLocation = {
  match: { kind: 'prefix', path: '' },
  class: 'http',
  limits: {},
  access: 'site',
  allow: [],
  listing: false,
  maskQuery: false,
  requestHeaders: [],
  responseHeaders: [],
};

/** Paths of the first application: rules in a compact list, and those that its preset suggests. */
export function LocationsEditor() {
  const id = useWatch<EditorValues, 'document.preset'>({ name: 'document.preset' });
  return <LocationRules field="locations" preset={presets[id as keyof typeof presets]} suggests />;
}

interface RulesProps {
  /** Of the document: `locations`, `applications.0.locations`. */
  field: string;
  /** Of the application that the paths are of. */
  preset: Preset;
  /** Offers what the preset suggests; that may bring an upstream, so the first application alone has it. */
  suggests?: true;
}

/** Rules for single paths, in a compact list; each opens for its details. */
export function LocationRules({ field, preset, suggests }: RulesProps) {
  const locations = useFieldArray({ name: `document.${field}` });
  const add = (value: object, shouldFocus = true) =>
    locations.append({ ...structuredClone(emptyLocation), ...value }, { shouldFocus });
  return (
    <SiteField
      field={field}
      label="Paths with rules of their own"
      group
      hint={
        preset.locations.length > 0
          ? `${preset.title} brings ${preset.locations.length} of its own; yours come first.`
          : undefined
      }
    >
      {({ id: groupId }) => (
        <fieldset
          id={groupId}
          aria-labelledby={`${groupId}-label`}
          tabIndex={-1}
          className="min-w-0 flex flex-col gap-2"
        >
          {locations.fields.map((location, index) => (
            <LocationFields
              key={location.id}
              field={`${field}.${index}`}
              label={`Path rule ${index + 1}`}
              onRemove={() => locations.remove(index)}
            />
          ))}
          <Button variant="ghost" size="sm" className="-ml-1 w-fit" onClick={() => add({})}>
            <Plus />
            Add a path
          </Button>
          {suggests && <SuggestedLocations preset={preset} onAdd={(location) => add(location, false)} />}
        </fieldset>
      )}
    </SiteField>
  );
}

function SuggestedLocations({ preset, onAdd }: { preset: Preset; onAdd: (location: object) => void }) {
  const form = useFormContext<EditorValues>();
  const marks = useMarks();
  useWatch<EditorValues, 'document.locations'>({ name: 'document.locations' });
  if (!preset.suggestions || preset.suggestions.length === 0) return null;
  const add = (suggestion: PresetSuggestion) => {
    const upstreams = withUpstream(form.getValues('document'), preset, suggestion.upstream);
    form.setValue<`document.${string}`>('document.upstreams', upstreams, { shouldDirty: true });
    onAdd(fromPreset(suggestion));
  };
  return (
    <>
      <h3 id="suggested-locations" className="text-muted-foreground text-xs">
        Often used with {preset.title}
      </h3>
      <ul aria-labelledby="suggested-locations" className="divide-y rounded-md border">
        {preset.suggestions.map((suggestion) => {
          const place = placeOfLocation(form.getValues('document'), suggestion);
          const what = formatMatch(suggestion.match);
          return (
            <OfferRow
              key={what}
              what={what}
              why={withoutTitle(preset, suggestion.why)}
              added={place >= 0}
              onAdd={() => add(suggestion)}
              onShow={() => goTo(marks, ['locations', place])}
            />
          );
        })}
      </ul>
    </>
  );
}

function fromPreset({ why: _, ...location }: PresetSuggestion): object {
  return structuredClone(location);
}

interface FieldsProps {
  field: string;
  label: string;
  onRemove: () => void;
}

function LocationFields({ field, label, onRemove }: FieldsProps) {
  const [kind = 'prefix', traffic] = useWatch<EditorValues, [`document.${string}`, `document.${string}`]>({
    name: [`document.${field}.match.kind`, `document.${field}.class`],
  }) as [string | undefined, unknown];
  const names = useUpstreamNames();
  return (
    <Group field={field} label={label} className="p-2">
      <div className="flex flex-wrap items-start gap-1.5">
        <ChoiceControl
          field={`${field}.match.kind`}
          label={`${label}: how it matches`}
          labelling="hidden"
          options={kinds}
          className="w-26"
        />
        {kind === 'header' ? (
          <>
            <TextControl
              field={`${field}.match.name`}
              label={`${label}: header`}
              labelling="hidden"
              mono
              placeholder="Content-Type"
              className="min-w-28 flex-1"
            />
            <TextControl
              field={`${field}.match.startsWith`}
              label={`${label}: its value begins with`}
              labelling="hidden"
              mono
              placeholder="application/grpc"
              className="min-w-28 flex-1"
            />
          </>
        ) : (
          <TextControl
            field={`${field}.match.path`}
            label={`${label}: path`}
            labelling="hidden"
            mono
            placeholder={paths[kind]}
            className="min-w-32 flex-1"
          />
        )}
        <ChoiceControl
          field={`${field}.class`}
          label={`${label}: what it carries`}
          labelling="hidden"
          options={classes}
          className="w-36"
        />
        <Button variant="ghost" size="icon" aria-label={`Remove ${label}`} onClick={onRemove}>
          <X />
        </Button>
      </div>
      {traffic === 'static' && (
        <div className="mt-2 flex flex-col gap-2">
          <TextControl
            field={`${field}.directory`}
            label="Directory on the host"
            mono
            optional
            placeholder="/srv/www"
          />
          <SwitchControl field={`${field}.listing`} label="List what is in a directory" />
        </div>
      )}
      <LazyDetails
        className="group/location mt-1"
        summary={
          <>
            <ChevronRight className="size-3 transition-transform group-open/location:rotate-90" aria-hidden />
            Details
          </>
        }
        summaryClassName="flex w-fit list-none items-center gap-1 rounded-sm py-0.5 text-muted-foreground text-xs hover:text-foreground [&::-webkit-details-marker]:hidden"
      >
        <div className="mt-2 flex flex-col gap-3">
          <div className="grid grid-cols-2 gap-3">
            <NumberControl
              field={`${field}.limits.readTimeoutSeconds`}
              label="Read timeout"
              unit="s"
              placeholder="of the site"
            />
            <NumberControl
              field={`${field}.limits.bodySizeMib`}
              label="Largest body"
              unit="MiB"
              placeholder="of the site"
            />
            <ChoiceControl
              field={`${field}.upstream`}
              label="Upstream"
              options={[
                { value: unset, label: 'The first' },
                ...names.map((name) => ({ value: name, label: name })),
              ]}
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
              field={`${field}.responseBuffering`}
              label="Responses"
              decode={yes}
              options={[
                { value: unset, label: 'As its kind needs' },
                { value: 'true', label: 'Buffered' },
                { value: 'false', label: 'Passed on at once' },
              ]}
            />
            <ChoiceControl
              field={`${field}.requestBuffering`}
              label="Requests"
              decode={yes}
              options={[
                { value: unset, label: 'As its kind needs' },
                { value: 'true', label: 'Buffered' },
                { value: 'false', label: 'Passed on at once' },
              ]}
            />
          </div>
          <LinesControl
            field={`${field}.allow`}
            label="Only for these addresses"
            hint="One to a line, in place of the site’s address rules; empty: as the access above says."
            placeholder="10.0.8.4"
            rows={2}
          />
          <SwitchControl
            field={`${field}.maskQuery`}
            label="Keep the query out of the log"
            hint="Where tokens travel in it."
          />
          <HeaderRules
            field={`${field}.requestHeaders`}
            label="To the application"
            placeholder={{ name: 'X-Scope', value: 'ci' }}
          />
          <HeaderRules
            field={`${field}.responseHeaders`}
            label="To the browser"
            placeholder={{ name: 'Cache-Control', value: 'no-store' }}
          />
        </div>
      </LazyDetails>
    </Group>
  );
}
