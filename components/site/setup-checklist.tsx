'use client';
import { ArrowRight, Check } from 'lucide-react';
import Link from 'next/link';
import type { TeamDetail } from '#api/contract/team';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';

/** The first three steps of a fresh install; gone once all are done. */
export function SetupChecklist({ progress }: { progress: TeamDetail['progress'] }) {
  const team = useTeam();
  const steps = [
    {
      done: progress.hosts > 0,
      title: 'Add a host',
      detail: 'A machine with nginx, Apache or Caddy that Gatehouse reaches by SSH.',
      href: `/${team.slug}/hosts/new`,
      action: 'Add host',
      allowed: team.can('hosts.write'),
    },
    {
      done: progress.sites > 0,
      title: 'Describe a site',
      detail: 'Which CI server, under which name, and where it listens.',
      href: `/${team.slug}/sites/new`,
      action: 'New site',
      allowed: team.can('sites.write'),
    },
    {
      done: progress.applies > 0,
      title: 'Review and apply',
      detail: 'Select the site below, plan its changes, read the diff, press Apply.',
      href: null,
      action: '',
      allowed: true,
    },
  ];
  const current = steps.findIndex(({ done }) => !done);
  if (current === -1) return null;
  return (
    <section aria-labelledby="first-steps" className="rounded-lg border bg-card shadow-xs">
      <h2 id="first-steps" className="border-b px-4 py-2.5 font-semibold text-sm">
        Three steps to your first site
      </h2>
      <ol className="grid divide-y md:grid-cols-3 md:divide-x md:divide-y-0">
        {steps.map(({ done, title, detail, href, action, allowed }, index) => (
          <li key={title} className="flex gap-3 p-4" aria-current={index === current ? 'step' : undefined}>
            <span
              className={cn(
                'flex size-6 shrink-0 items-center justify-center rounded-full border font-medium text-xs tabular-nums',
                done
                  ? 'border-transparent bg-ok-subtle text-ok'
                  : index === current
                    ? 'border-brand text-brand'
                    : 'text-muted-foreground',
              )}
            >
              {done ? <Check className="size-3.5" aria-hidden /> : index + 1}
              {done && <span className="sr-only">Done:</span>}
            </span>
            <div className="min-w-0">
              <h3 className={cn('font-medium text-sm leading-6', done && 'text-muted-foreground')}>
                {title}
              </h3>
              <p className="text-muted-foreground text-sm">{detail}</p>
              {index === current && href && allowed && (
                <Button asChild size="sm" className="mt-2.5">
                  <Link href={href}>
                    {action}
                    <ArrowRight />
                  </Link>
                </Button>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
