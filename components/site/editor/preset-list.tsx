'use client';
import { Check } from 'lucide-react';
import type { Template } from '#api/contract/templates';
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '#components/ui/command';
import { type PresetId, presets } from '#core/presets/index';
import { type PresetChoice, presetChoices, rankChoice } from '../preset-choices';
import type { TemplateOffer } from './use-template-offer';

interface Props {
  value: PresetId;
  onChoose: (id: PresetId) => void;
  offer: TemplateOffer | null;
  onTemplate: (id: string) => void;
}

const byId = new Map<string, PresetChoice>(presetChoices.map((choice) => [choice.id, choice]));
const groups = [
  { heading: 'Known by name', choices: presetChoices.filter(({ generic }) => !generic) },
  { heading: 'Anything else', choices: presetChoices.filter(({ generic }) => generic) },
];

const templateValue = (id: string) => `template ${id}`;
/** A template is found by its own name and by that of its CI server. */
const aboutTemplate = ({ preset, description }: Template) =>
  [presets[preset].title, description].filter(Boolean).join(': ');

/** The team's templates and all presets with a line about each: type to search, arrows and Enter to choose. */
export function PresetList({ value, onChoose, offer, onTemplate }: Props) {
  const templates = offer?.templates ?? [];
  const byValue = new Map(templates.map((template) => [templateValue(template.id), template]));
  const howMany =
    templates.length === 0
      ? `${presetChoices.length} presets`
      : `${templates.length} ${templates.length === 1 ? 'template' : 'templates'} and ${presetChoices.length} presets`;
  return (
    <Command
      label="CI server"
      loop
      defaultValue={value}
      filter={(id, typed) => {
        const template = byValue.get(id);
        if (template) {
          return rankChoice({ id: '', title: template.name, summary: aboutTemplate(template) }, typed);
        }
        const choice = byId.get(id);
        return choice ? rankChoice(choice, typed) : 0;
      }}
    >
      <CommandInput autoFocus placeholder={`Search ${howMany}…`} />
      <CommandList className="max-h-[min(24rem,calc(var(--radix-popover-content-available-height)-2.875rem))]">
        <CommandEmpty className="px-4 py-6">
          No preset of that name. The generic ones fit any application.
        </CommandEmpty>
        {offer?.failed && (
          <p className="px-2 py-1.5 text-danger text-xs">
            Your team’s templates could not be read. Reload the page to try again.
          </p>
        )}
        {templates.length > 0 && (
          <CommandGroup heading="Templates of your team">
            {templates.map((template) => (
              <CommandItem
                key={template.id}
                value={templateValue(template.id)}
                onSelect={() => onTemplate(template.id)}
                className="h-auto min-h-11 items-start gap-2 py-1.5"
              >
                <span className="min-w-0 flex-1">
                  <span className="block font-medium [overflow-wrap:anywhere]">{template.name}</span>
                  <span className="block text-muted-foreground text-xs [overflow-wrap:anywhere]">
                    {aboutTemplate(template)}
                  </span>
                </span>
              </CommandItem>
            ))}
          </CommandGroup>
        )}
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
