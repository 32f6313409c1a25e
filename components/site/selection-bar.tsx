'use client';
import { ListChecks, ListPlus, Pencil } from 'lucide-react';
import { lazy, useState } from 'react';
import type { List } from '#api/contract/lists';
import { later } from '#components/kit/lazy-component';
import { OnDemandMenu } from '#components/kit/on-demand-menu';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { ExportButton } from '#components/transfer/export-button';
import { Button, buttonVariants } from '#components/ui/button';
import { useChangeListSites } from '#queries/lists';
import { troubleOf } from '../kit/describe-error';

const loadMenu = () => import('#components/list/add-to-list-menu');
const AddToListMenu = lazy(async () => ({ default: (await loadMenu()).AddToListMenu }));
const BulkEditDialog = later(() => import('./bulk-edit-dialog').then((module) => module.BulkEditDialog));
const ListDialog = later(() => import('#components/list/list-dialog').then((module) => module.ListDialog));

/** Ids of more sites do not fit into an address; a list or all of them do. */
const mostExported = 400;

interface Props {
  ids: ReadonlySet<string>;
  /** Rows that match the filter, when more than are selected. */
  matching: number;
  loadingAll: boolean;
  onSelectMatching: () => void;
  onClear: () => void;
  onPlan: () => void;
  planning: boolean;
}

export function SelectionBar({
  ids,
  matching,
  loadingAll,
  onSelectMatching,
  onClear,
  onPlan,
  planning,
}: Props) {
  const team = useTeam();
  const change = useChangeListSites(team.slug);
  const [naming, setNaming] = useState(false);
  const [editing, setEditing] = useState(false);
  const count = ids.size;
  const done = ({ name }: List) =>
    toast.success(`${count === 1 ? '1 site is' : `${count} sites are`} on ${name}`);
  const add = ({ id }: List) =>
    change.mutate(
      { id, add: [...ids], remove: [] },
      {
        onSuccess: done,
        onError: (error) => {
          const { title, hint } = troubleOf(error);
          toast.error(title, { description: hint });
        },
      },
    );
  return (
    <div className="fixed inset-x-0 bottom-4 z-30 flex justify-center px-3 lg:left-56">
      <section
        aria-label="Selection"
        className="flex flex-wrap items-center gap-2 rounded-xl border bg-popover py-2 pr-2 pl-4 shadow-lg"
      >
        <span role="status" className="text-sm tabular-nums">
          {count} selected
        </span>
        {matching > count && (
          <Button variant="link" size="sm" className="px-1" pending={loadingAll} onClick={onSelectMatching}>
            Select all {matching}
          </Button>
        )}
        <Button variant="ghost" onClick={onClear}>
          Clear
        </Button>
        {team.can('lists.write') && (
          <OnDemandMenu
            preload={loadMenu}
            menu={(trigger) => (
              <AddToListMenu trigger={trigger} onChoose={add} onNew={() => setNaming(true)} />
            )}
            className={buttonVariants({ variant: 'outline' })}
          >
            <ListPlus aria-hidden />
            Add to list
          </OnDemandMenu>
        )}
        {count <= mostExported && <ExportButton query={{ ids: [...ids].join(',') }} />}
        {team.can('sites.write') && (
          <Button variant="outline" onClick={() => setEditing(true)}>
            <Pencil />
            Edit
          </Button>
        )}
        {team.can('plans.create') && (
          <Button onClick={onPlan} pending={planning}>
            <ListChecks />
            Plan changes
          </Button>
        )}
      </section>
      {editing && <BulkEditDialog ids={[...ids]} onClose={() => setEditing(false)} />}
      {naming && (
        <ListDialog
          list={null}
          siteIds={[...ids]}
          onClose={() => setNaming(false)}
          onDone={(list) => {
            setNaming(false);
            done(list);
          }}
        />
      )}
    </div>
  );
}
