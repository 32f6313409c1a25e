'use client';
import { Check } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { Card, CardContent } from '#components/ui/card';
import { cn } from '#components/ui/cn';

export const wizardSteps = [
  { id: 'address', title: 'Address' },
  { id: 'key', title: 'Key' },
  { id: 'fingerprint', title: 'Fingerprint' },
  { id: 'install', title: 'Install key' },
  { id: 'checks', title: 'Checks' },
] as const;
export type WizardStep = (typeof wizardSteps)[number]['id'] | 'done';

interface Props {
  step: WizardStep;
  /** Steps that this host needs; the machine the dashboard runs on needs fewer. */
  steps?: readonly WizardStep[];
  /** Where the steps that were done can be looked at again. */
  hrefOf?: (step: WizardStep) => string | null;
  title: string;
  children: ReactNode;
}

/** One step of adding a host, with the others above it. */
export function WizardFrame({ step, steps, hrefOf, title, children }: Props) {
  const team = useTeam();
  const shown = wizardSteps.filter(({ id }) => !steps || steps.includes(id));
  const current = step === 'done' ? shown.length : shown.findIndex(({ id }) => id === step);
  return (
    <Page className="max-w-2xl">
      <PageHeader title="Add a host" parents={[{ label: 'Hosts', href: `/${team.slug}/hosts` }]} />
      <nav aria-label="Steps">
        <ol className="flex items-center gap-1.5 sm:gap-3">
          {shown.map(({ id, title: label }, index) => {
            const done = index < current;
            const href = done ? (hrefOf?.(id) ?? null) : null;
            const inner = (
              <>
                <span
                  className={cn(
                    'flex size-5 shrink-0 items-center justify-center rounded-full border font-medium text-[11px] tabular-nums',
                    done && 'border-transparent bg-ok text-background',
                    index === current && 'border-brand text-brand',
                  )}
                >
                  {done ? <Check className="size-3" strokeWidth={3} aria-hidden /> : index + 1}
                </span>
                <span className={cn('truncate', index !== current && 'max-sm:sr-only')}>{label}</span>
                {done && <span className="sr-only">, done</span>}
              </>
            );
            const classes = cn(
              'flex min-h-6 items-center gap-1.5 rounded-sm text-sm',
              index === current ? 'font-medium' : 'text-muted-foreground',
            );
            return (
              <li
                key={id}
                aria-current={index === current ? 'step' : undefined}
                className="flex min-w-0 items-center gap-1.5 sm:gap-3"
              >
                {index > 0 && <span aria-hidden className="h-px w-3 shrink-0 bg-border sm:w-6" />}
                {href ? (
                  <Link href={href} className={cn(classes, 'hover:text-foreground')}>
                    {inner}
                  </Link>
                ) : (
                  <span className={classes}>{inner}</span>
                )}
              </li>
            );
          })}
        </ol>
      </nav>
      <Card>
        <CardContent className="flex flex-col gap-4 px-5 py-5">
          <h2 className="font-semibold text-lg leading-6">{title}</h2>
          {children}
        </CardContent>
      </Card>
    </Page>
  );
}

/** The buttons below a step. */
export function WizardActions({ children }: { children: ReactNode }) {
  return (
    <div className="mt-1 flex flex-row-reverse flex-wrap items-center justify-start gap-2 border-t pt-4">
      {children}
    </div>
  );
}
