'use client';
import { useFormContext, useWatch } from 'react-hook-form';
import { type PresetId, presets } from '#core/presets/index';
import type { Preset, PresetExtraHost } from '#core/presets/preset';
import type { EditorValues } from './editor-values';
import { useMarks } from './marks-context';
import { OfferRow } from './offer-row';
import {
  namesOfHost,
  offeredHost,
  offeredNames,
  placeOfHost,
  withoutTitle,
  withUpstream,
} from './preset-offers';
import { goTo } from './show-field';

/** Further public names that the application can use, each added with its upstream, limits and access. */
export function OfferedHosts() {
  const form = useFormContext<EditorValues>();
  const marks = useMarks();
  const [id] = useWatch<EditorValues, ['document.preset', 'document.hostnames', 'document.extraHosts']>({
    name: ['document.preset', 'document.hostnames', 'document.extraHosts'],
  });
  const preset: Preset = presets[id as PresetId];
  const offers = preset.extraHosts ?? [];
  if (offers.length === 0) return null;
  const document = form.getValues('document');

  const add = (offer: PresetExtraHost) => {
    const now = form.getValues('document');
    const change = { shouldDirty: true };
    form.setValue<`document.${string}`>(
      'document.upstreams',
      withUpstream(now, preset, offer.upstream),
      change,
    );
    form.setValue<`document.${string}`>(
      'document.extraHosts',
      [...(Array.isArray(now.extraHosts) ? now.extraHosts : []), offeredHost(now, offer)],
      change,
    );
  };

  return (
    <div className="flex flex-col gap-1">
      <h3 id="offered-hosts" className="font-medium text-sm leading-5">
        Other names for {preset.title}
      </h3>
      <ul aria-labelledby="offered-hosts" className="divide-y rounded-md border">
        {offers.map((offer) => {
          const place = placeOfHost(document, offer);
          const names = place < 0 ? offeredNames(document, offer) : namesOfHost(document, place);
          return (
            <OfferRow
              key={offer.purpose}
              what={names.join(' ') || `${offer.purpose}.…`}
              why={withoutTitle(preset, offer.why)}
              added={place >= 0}
              onAdd={() => add(offer)}
              onShow={() => goTo(marks, ['extraHosts', place])}
            />
          );
        })}
      </ul>
    </div>
  );
}
