import { FileCode2, ListTodo, SquarePen } from 'lucide-react';
import { cn } from '#components/ui/cn';
import type { editorViews } from './editor-views';

type View = (typeof editorViews)[number];

const views: { value: View; label: string; icon: typeof FileCode2 }[] = [
  { value: 'form', label: 'Form', icon: SquarePen },
  { value: 'preview', label: 'Preview', icon: FileCode2 },
  { value: 'checklist', label: 'CI server', icon: ListTodo },
];

/** On screens too narrow for both: which side is shown. */
export function EditorTabs({ view, onView }: { view: View; onView: (view: View) => void }) {
  return (
    <fieldset
      aria-label="Show"
      className="sticky top-12 z-20 -mx-1 flex gap-1 rounded-lg border bg-card p-1 shadow-xs lg:top-2 xl:hidden"
    >
      {views.map(({ value, label, icon: Icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={view === value}
          onClick={() => onView(value)}
          className={cn(
            'inline-flex h-8 min-w-0 flex-1 items-center justify-center gap-1.5 rounded-md px-2 font-medium text-muted-foreground text-sm',
            view === value && 'bg-accent text-foreground',
          )}
        >
          <Icon className="size-4 shrink-0" aria-hidden />
          <span className="truncate">{label}</span>
        </button>
      ))}
    </fieldset>
  );
}
