'use client';
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from '#components/ui/dialog';
import { Kbd } from '#components/ui/kbd';
import { navItems } from '../kit/nav-items';

const groups: { title: string; rows: [keys: string[], what: string][] }[] = [
  {
    title: 'Everywhere',
    rows: [
      [['⌘', 'K'], 'Go to anything'],
      [['/'], 'Search this page'],
      [['c'], 'New site'],
      [['?'], 'This list'],
      ...navItems.map(({ key, label }): [string[], string] => [['g', key], label]),
    ],
  },
  {
    title: 'Lists and diffs',
    rows: [
      [['j'], 'Next'],
      [['k'], 'Previous'],
      [['x'], 'Select'],
      [['↵'], 'Open'],
    ],
  },
];

export function ShortcutsDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent className="max-w-md">
        <DialogHeader>
          <DialogTitle>Keyboard shortcuts</DialogTitle>
          <DialogDescription>
            They are off while you type in a field. On Windows and Linux, use Ctrl for ⌘.
          </DialogDescription>
        </DialogHeader>
        {groups.map(({ title, rows }) => (
          <section key={title}>
            <h3 className="mb-1 font-medium text-muted-foreground text-xs">{title}</h3>
            <dl>
              {rows.map(([keys, what]) => (
                <div key={what} className="flex h-8 items-center justify-between border-b last:border-0">
                  <dt>{what}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </DialogContent>
    </Dialog>
  );
}
