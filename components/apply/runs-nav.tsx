'use client';
import Link from 'next/link';
import { useTeam } from '#components/kit/team-context';
import { cn } from '#components/ui/cn';

const pages = [
  { path: 'applies', label: 'Applies' },
  { path: 'plans', label: 'Plans' },
] as const;

/** What was done and what was planned: two views of the same work. */
export function RunsNav({ current }: { current: (typeof pages)[number]['path'] }) {
  const team = useTeam();
  return (
    <nav aria-label="Applies and plans" className="flex gap-4 border-b">
      {pages.map(({ path, label }) => (
        <Link
          key={path}
          href={`/${team.slug}/${path}`}
          aria-current={path === current ? 'page' : undefined}
          className={cn(
            '-mb-px flex h-9 items-center border-transparent border-b-2 px-0.5 font-medium text-muted-foreground text-sm hover:text-foreground',
            path === current && 'border-foreground text-foreground',
          )}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
