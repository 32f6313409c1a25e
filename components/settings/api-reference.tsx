'use client';
import { useQuery } from '@tanstack/react-query';
import { ChevronRight, Search } from 'lucide-react';
import { useState } from 'react';
import { CodeBlock } from '#components/kit/code-block';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Input } from '#components/ui/input';
import { Skeleton } from '#components/ui/skeleton';
import { type ReferenceEntry, referenceQuery } from '#queries/reference';

const tones: Readonly<Record<string, BadgeTone>> = {
  GET: 'neutral',
  POST: 'ok',
  PUT: 'info',
  PATCH: 'info',
  DELETE: 'danger',
};

const json = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

function Entry({ entry }: { entry: ReferenceEntry }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="group" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex cursor-pointer list-none flex-wrap items-center gap-x-2.5 gap-y-1 px-4 py-2.5 text-sm hover:bg-accent/50">
        <ChevronRight
          aria-hidden
          className="size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
        />
        <Badge tone={tones[entry.method] ?? 'neutral'} className="w-14 justify-center font-mono">
          {entry.method}
        </Badge>
        <span className="min-w-0 flex-1 basis-48">{entry.summary}</span>
        <code className="min-w-0 text-muted-foreground text-xs [overflow-wrap:anywhere]">{entry.path}</code>
      </summary>
      {open && (
        <div className="flex flex-col gap-3 px-4 pt-2 pb-4 text-sm sm:pl-11">
          <p className="text-muted-foreground">{entry.description.replaceAll('`', '')}</p>
          {entry.body !== undefined && (
            <CodeBlock code={json(entry.body)} label="Example of a body" caption="Body" maxLines={40} />
          )}
          {entry.answer !== undefined && (
            <CodeBlock
              code={json(entry.answer)}
              label="Example of an answer"
              caption={`Answer ${entry.status}`}
              maxLines={40}
            />
          )}
          <p className="text-muted-foreground text-xs">Can fail with {entry.failures.join(', ')}.</p>
        </div>
      )}
    </details>
  );
}

/** Every operation of the interface with its permission and examples, from the same description that programs read. */
export function ApiReference() {
  const reference = useQuery(referenceQuery);
  const [search, setSearch] = useState('');
  const wanted = search.trim().toLowerCase();
  const groups = (reference.data ?? [])
    .map((group) => ({
      ...group,
      entries: group.entries.filter(({ summary, path, permission, method }) =>
        `${method} ${path} ${summary} ${permission ?? ''}`.toLowerCase().includes(wanted),
      ),
    }))
    .filter(({ entries }) => entries.length > 0);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-muted-foreground text-sm">
          For programs:{' '}
          <a className="underline" href="/api/v1/openapi.json">
            openapi.json
          </a>{' '}
          (OpenAPI 3.1).
        </p>
        <div className="relative w-full sm:w-64">
          <Search aria-hidden className="absolute top-2.5 left-2.5 size-3.5 text-muted-foreground" />
          <Input
            aria-label="Search operations"
            placeholder="Search operations"
            className="pl-8"
            value={search}
            onChange={(event) => setSearch(event.target.value)}
          />
        </div>
      </div>
      {reference.isPending && <Skeleton className="h-64" />}
      {reference.isError && <ErrorState error={reference.error} onRetry={() => reference.refetch()} />}
      {reference.data && groups.length === 0 && (
        <EmptyState icon={Search} title={`No operation has “${search.trim()}”`} className="py-8" />
      )}
      {groups.map(({ name, description, entries }) => (
        <Card key={name}>
          <CardHeader>
            <div className="py-1">
              <CardTitle className="first-letter:uppercase">{name}</CardTitle>
              {description && <CardDescription>{description}</CardDescription>}
            </div>
          </CardHeader>
          <div className="divide-y">
            {entries.map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </div>
        </Card>
      ))}
    </div>
  );
}
