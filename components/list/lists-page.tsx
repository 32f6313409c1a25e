'use client';
import { useQuery } from '@tanstack/react-query';
import { List as ListIcon, Pencil, Plus, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { List } from '#api/contract/lists';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { RowsSkeleton } from '#components/kit/rows-skeleton';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { Card } from '#components/ui/card';
import { listQueries } from '#queries/lists';
import { sharingQueries } from '#queries/sharing';

const ListDialog = later(() => import('./list-dialog').then((module) => module.ListDialog));
const DeleteListDialog = later(() =>
  import('./delete-list-dialog').then((module) => module.DeleteListDialog),
);

/** The team's named collections of sites. */
export function ListsPage() {
  const team = useTeam();
  const router = useRouter();
  const lists = useQuery(listQueries.list(team.slug));
  const shared = useQuery(sharingQueries.list(team.slug));
  const mayWrite = team.can('lists.write');
  const [editing, setEditing] = useState<List | 'new' | null>(null);
  const [deleting, setDeleting] = useState<List | null>(null);
  const newList = (
    <Button onClick={() => setEditing('new')}>
      <Plus />
      New list
    </Button>
  );
  const items = lists.data?.items ?? [];
  return (
    <Page>
      <PageHeader
        title="Lists"
        description="Sites that belong together: to look at, export, plan and share."
        actions={mayWrite && newList}
      />
      {lists.isPending && <RowsSkeleton rows={3} />}
      {lists.isError && <ErrorState error={lists.error} onRetry={() => lists.refetch()} />}
      {lists.isSuccess && items.length === 0 && (
        <EmptyState
          icon={ListIcon}
          title="No lists yet"
          className="rounded-lg border border-dashed"
          action={mayWrite && newList}
        >
          Put the sites of one environment, product or customer together. A site may be on several lists.
        </EmptyState>
      )}
      {items.length > 0 && (
        <Card>
          <ul className="divide-y">
            {items.map((list) => (
              <li
                key={list.id}
                className="relative flex items-center gap-3 px-4 py-2.5 text-sm first:rounded-t-lg last:rounded-b-lg hover:bg-accent/50"
              >
                <div className="min-w-0 flex-1">
                  <Link
                    href={`/${team.slug}/lists/${list.id}`}
                    className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 after:content-['']"
                  >
                    {list.name}
                  </Link>
                  {list.description && (
                    <p className="line-clamp-2 text-muted-foreground text-xs">{list.description}</p>
                  )}
                </div>
                <span className="shrink-0 text-muted-foreground tabular-nums">
                  {list.sites.toLocaleString('en')} {list.sites === 1 ? 'site' : 'sites'}
                </span>
                {mayWrite && (
                  <div className="relative flex shrink-0">
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`Rename ${list.name}`}
                      title="Rename"
                      onClick={() => setEditing(list)}
                    >
                      <Pencil />
                    </Button>
                    <Button
                      variant="ghost"
                      size="icon-sm"
                      aria-label={`Delete ${list.name}`}
                      title="Delete"
                      onClick={() => setDeleting(list)}
                    >
                      <Trash2 />
                    </Button>
                  </div>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {shared.isError && <ErrorState error={shared.error} onRetry={() => shared.refetch()} />}
      {shared.data && shared.data.items.length > 0 && (
        <section aria-label="Shared with us">
          <h2 className="mb-2 font-semibold text-sm">Shared with us</h2>
          <Card>
            <ul className="divide-y">
              {shared.data.items.map((list) => (
                <li
                  key={list.id}
                  className="relative flex items-center gap-3 px-4 py-2.5 text-sm first:rounded-t-lg last:rounded-b-lg hover:bg-accent/50"
                >
                  <div className="min-w-0 flex-1">
                    <Link
                      href={`/${team.slug}/shared/${list.id}`}
                      className="font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 after:content-['']"
                    >
                      {list.name}
                    </Link>
                    <p className="truncate text-muted-foreground text-xs">by {list.owner}</p>
                  </div>
                  <Badge>{list.level === 'edit' ? 'may edit' : 'to look at'}</Badge>
                  <span className="shrink-0 text-muted-foreground tabular-nums">
                    {list.sites.toLocaleString('en')} {list.sites === 1 ? 'site' : 'sites'}
                  </span>
                </li>
              ))}
            </ul>
          </Card>
        </section>
      )}
      {editing && (
        <ListDialog
          list={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={(list) => {
            setEditing(null);
            if (editing === 'new') router.push(`/${team.slug}/lists/${list.id}`);
          }}
        />
      )}
      {deleting && <DeleteListDialog list={deleting} onClose={() => setDeleting(null)} />}
    </Page>
  );
}
