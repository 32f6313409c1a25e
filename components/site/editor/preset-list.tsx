'use client';
import { Check } from 'lucide-react';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '#components/ui/command';
import type { PresetId } from '#core/presets/index';
import { type PresetChoice, presetChoices, rankChoice } from '../preset-choices';

interface Props {
  value: PresetId;
  onChoose: (id: PresetId) => void;
}

const byId = new Map<string, PresetChoice>(presetChoices.map((choice) => [choice.id, choice]));
const groups = [
  { heading: 'Known by name', choices: presetChoices.filter(({ generic }) => !generic) },
  { heading: 'Anything else', choices: presetChoices.filter(({ generic }) => generic) },
];

/** All presets with a line about each: type to search, arrows and Enter to choose. */
export function PresetList({ value, onChoose }: Props) {
  return (
    <Command
      label="CI server"
      loop
      defaultValue={value}
      filter={(id, typed) => {
        const choice = byId.get(id);
        return choice ? rankChoice(choice, typed) : 0;
      }}
    >
      <CommandInput autoFocus placeholder={`Search ${presetChoices.length} presets…`} />
      <CommandList className="max-h-[min(24rem,calc(var(--radix-popover-content-available-height)-2.875rem))]">
        <CommandEmpty className="px-4 py-6">
          No preset of that name. The generic ones fit any application.
        </CommandEmpty>
        {groups.map(({ heading, choices }) => (
          <CommandGroup key={heading} heading={heading}>
            {choices.map(({ id, title, summary }) => (
              <CommandItem
                key={id}
                value={id}
                onSelect={() => onChoose(id)}
                className="h-auto min-h-11 items-start gap-2 py-1.5"
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-medium">{title}</span>
                  <span className="block text-muted-foreground text-xs">{summary}</span>
                </span>
                {id === value && (
                  <>
                    <Check aria-hidden className="mt-0.5" />
                    <span className="sr-only">chosen</span>
                  </>
                )}
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
      </CommandList>
    </Command>
  );
}
