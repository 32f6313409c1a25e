'use client';
import { ChevronDown } from 'lucide-react';
import Link from 'next/link';
import { useId, useState } from 'react';
import type { ActivityRow as Row } from '#api/contract/activity';
import { useTeam } from '#components/kit/team-context';
import { cn } from '#components/ui/cn';
import { pathWords } from '#core/site/path-words';
import { plainOutput } from '../diff/visible-text';
import { describeEvent } from './event-words';

/** One line of the record; what changed, and how it can be proven, unfolds below it. */
export function ActivityRow({ row, who }: { row: Row; who: string | null }) {
  const team = useTeam();
  const [open, setOpen] = useState(false);
  const panel = useId();
  const { words, icon: Icon, page } = describeEvent(row.event, row.actorId === null);
  return (
    <li className="text-sm">
      <div className="flex items-start gap-3 px-4 py-2">
        <Icon className="mt-0.5 size-4 shrink-0 text-muted-foreground" aria-hidden />
        <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          <span className="font-medium" title={row.actor}>
            {who ?? row.actor}
          </span>{' '}
          <span className="text-muted-foreground">{words}</span>{' '}
          {page && row.subjectId ? (
            <Link href={`/${team.slug}/${page}/${row.subjectId}`} className="font-medium hover:underline">
              {plainOutput(row.subject)}
            </Link>
          ) : (
            plainOutput(row.subject)
          )}
          {row.fields.length > 0 && (
            <span className="block truncate text-muted-foreground text-xs">
              {row.fields
                .slice(0, 4)
                .map(({ path }) => pathWords(path))
                .join(', ')}
              {row.fields.length > 4 && ` and ${row.fields.length - 4} more`}
            </span>
          )}
        </p>
        <code className="hidden pt-0.5 text-muted-foreground text-xs sm:block">{row.address}</code>
        <time dateTime={row.at} className="w-12 shrink-0 text-right text-muted-foreground tabular-nums">
          {new Date(row.at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })}
        </time>
        <button
          type="button"
          data-row-link
          aria-expanded={open}
          aria-controls={panel}
          aria-label={`Details of ${words} ${plainOutput(row.subject)}`}
          className="-my-0.5 flex size-6 shrink-0 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
          onClick={() => setOpen(!open)}
        >
          <ChevronDown className={cn('size-4 transition-transform', !open && '-rotate-90')} />
        </button>
      </div>
      <div id={panel} hidden={!open} className="px-4 pb-3 sm:pl-11">
        {open && <Details row={row} />}
      </div>
    </li>
  );
}

function Details({ row }: { row: Row }) {
  const team = useTeam();
  const facts = Object.entries(row.facts).map(([name, value]) => ({
    name: name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`),
    text: typeof value === 'string' ? value : JSON.stringify(value),
  }));
  return (
    <div className="flex flex-col gap-3 rounded-md border bg-muted/30 p-3 text-xs">
      {row.fields.length > 0 && (
        <dl className="grid gap-x-4 gap-y-1.5 sm:grid-cols-[minmax(8rem,auto)_minmax(0,1fr)]">
          {row.fields.map(({ path, before, after }) => (
            <div key={path} className="contents">
              <dt title={path} className="[overflow-wrap:anywhere]">
                {pathWords(path)}
              </dt>
              <dd className="min-w-0 max-sm:mb-1 [overflow-wrap:anywhere]">
                <Value text={before} none="not set" className="text-muted-foreground line-through" />
                <span className="sr-only"> became </span>
                <span aria-hidden> → </span>
                <Value text={after} none="not set" className="text-foreground" />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <dl className="flex flex-wrap gap-x-5 gap-y-1.5 text-muted-foreground">
        {facts.map(({ name, text }) => (
          <Fact key={name} name={name} text={text} />
        ))}
        <Fact name="event" text={row.event} />
        <Fact name="as" text={row.actor} />
        <Fact name="from" text={row.address} />
        <Fact name="at" text={row.at} />
        <Fact name="request" text={row.requestId} />
        {row.sequence !== null && <Fact name="row" text={`${row.sequence}, ${row.hash.slice(0, 16)}…`} />}
      </dl>
      {row.subjectId && (
        <Link
          href={`/${team.slug}/activity?subject=${encodeURIComponent(row.subjectId)}`}
          className="w-fit rounded-sm font-medium underline-offset-4 hover:underline"
        >
          Everything about {plainOutput(row.subject)}
        </Link>
      )}
    </div>
  );
}

function Value({ text, none, className }: { text: string | undefined; none: string; className: string }) {
  if (text === undefined) return <span className="text-muted-foreground italic">{none}</span>;
  return <span className={cn('font-mono', className)}>{text === '' ? '“”' : plainOutput(text)}</span>;
}

function Fact({ name, text }: { name: string; text: string }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt>{name}</dt>
      <dd className="min-w-0 font-mono text-foreground [overflow-wrap:anywhere]">{plainOutput(text)}</dd>
    </div>
  );
}
