'use client';
import { ChevronRight, Pencil, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import type { Template } from '#api/contract/templates';
import { later } from '#components/kit/lazy-component';
import { LazyDetails } from '#components/kit/lazy-details';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { presetTitles } from '#core/site/preset-titles';

const TemplateSettings = later(() => import('./template-settings').then((module) => module.TemplateSettings));

interface Props {
  template: Template;
  onRename: () => void;
  onDelete: () => void;
}

/** One template: what it is for, what it sets, and a new site from it. */
export function TemplateRow({ template: { id, name, description, preset, updatedAt }, ...on }: Props) {
  const team = useTeam();
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <p className="font-medium [overflow-wrap:anywhere]">{name}</p>
        {description && (
          <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{description}</p>
        )}
        <p className="text-muted-foreground text-xs">
          {presetTitles[preset]}, changed <RelativeTime at={updatedAt} />
        </p>
        <LazyDetails
          className="group/settings mt-1 text-xs"
          summaryClassName="flex w-fit list-none items-center gap-1 rounded-sm py-1 text-muted-foreground hover:text-foreground [&::-webkit-details-marker]:hidden"
          summary={
            <>
              <ChevronRight
                className="size-3 transition-transform group-open/settings:rotate-90"
                aria-hidden
              />
              What it sets<span className="sr-only"> ({name})</span>
            </>
          }
        >
          <div className="mt-1">
            <TemplateSettings id={id} />
          </div>
        </LazyDetails>
      </div>
      <div className="flex shrink-0 gap-1">
        {team.can('sites.write') && (
          <Button asChild variant="outline" size="sm">
            <Link href={`/${team.slug}/sites/new?template=${id}`}>
              <Plus />
              New site<span className="sr-only"> from {name}</span>
            </Link>
          </Button>
        )}
        {team.can('templates.write') && (
          <>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Rename ${name}`}
              title="Rename"
              onClick={on.onRename}
            >
              <Pencil />
            </Button>
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label={`Delete ${name}`}
              title="Delete"
              onClick={on.onDelete}
            >
              <Trash2 />
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
