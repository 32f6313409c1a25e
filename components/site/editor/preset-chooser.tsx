'use client';
import { ChevronsUpDown } from 'lucide-react';
import { lazy, Suspense, useRef, useState } from 'react';
import type { ControlProps } from '#components/kit/form-field';
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover';
import { type PresetId, presets } from '#core/presets/index';
import type { TemplateOffer } from './use-template-offer';

const load = () => import('./preset-list');
const PresetList = lazy(async () => ({ default: (await load()).PresetList }));

interface Props {
  control: ControlProps;
  value: PresetId;
  onChoose: (id: PresetId) => void;
  /** Templates that a new site can start from. */
  offer: TemplateOffer | null;
}

/** The chosen CI server; opens a list of all that can be searched. */
export function PresetChooser({
  control: { 'aria-required': _, ...control },
  value,
  onChoose,
  offer,
}: Props) {
  const [open, setOpen] = useState(false);
  // A template that was chosen takes the focus to what is to be filled in.
  const keepFocus = useRef(false);
  const { title, summary } = presets[value];
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger
        {...control}
        aria-labelledby={`${control.id}-label ${control.id}-title`}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        className="flex w-full items-center gap-3 rounded-md border border-input/80 bg-card px-3 py-2 text-left shadow-xs transition-colors hover:border-input data-[state=open]:border-ring dark:bg-background/60"
      >
        <span className="min-w-0 flex-1">
          <span id={`${control.id}-title`} className="block font-medium text-sm">
            {title}
          </span>
          <span className="block text-muted-foreground text-xs">{summary}</span>
        </span>
        <ChevronsUpDown className="size-4 shrink-0 text-muted-foreground" aria-hidden />
      </PopoverTrigger>
      <PopoverContent
        aria-label="Choose the CI server"
        onCloseAutoFocus={(event) => {
          if (keepFocus.current) event.preventDefault();
          keepFocus.current = false;
        }}
        className="w-(--radix-popover-trigger-width) overflow-hidden p-0"
      >
        <Suspense fallback={<div className="h-96" />}>
          <PresetList
            value={value}
            offer={offer}
            onChoose={(id) => {
              setOpen(false);
              onChoose(id);
            }}
            onTemplate={(id) => {
              keepFocus.current = true;
              setOpen(false);
              offer?.take(id);
            }}
          />
        </Suspense>
      </PopoverContent>
    </Popover>
  );
}
