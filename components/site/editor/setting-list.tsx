'use client';
import {
  Command,
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from '#components/ui/command';
import { siteSettings } from '#core/site/settings';

interface Props {
  onClose: () => void;
  onChoose: (path: readonly string[]) => void;
}

/** All settings of a site, to be searched by their words or their names in the document. */
export function SettingList({ onClose, onChoose }: Props) {
  return (
    <CommandDialog
      open
      onOpenChange={(next) => !next && onClose()}
      title="Find a setting"
      description="Type what it is about, or its name in the document"
    >
      <Command label="Find a setting" loop>
        <CommandInput placeholder="Timeouts, redirects, HSTS…" />
        <CommandList>
          <CommandEmpty>No setting is called that.</CommandEmpty>
          <CommandGroup>
            {siteSettings.map(({ path, words }) => (
              <CommandItem
                key={path.join('.')}
                value={`${words} ${path.join('.')}`}
                onSelect={() => onChoose(path)}
              >
                <span className="truncate">{words}</span>
                <span className="ml-auto truncate font-mono text-muted-foreground text-xs">
                  {path.join('.')}
                </span>
              </CommandItem>
            ))}
          </CommandGroup>
        </CommandList>
      </Command>
    </CommandDialog>
  );
}
