'use client';
import { MoreHorizontal } from 'lucide-react';
import { lazy } from 'react';
import type { PersonDetail } from '#api/contract/people';
import { OnDemandMenu } from '#components/kit/on-demand-menu';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { Badge } from '#components/ui/badge';
import { buttonVariants } from '#components/ui/button';
import type { PersonChange } from '#queries/people';

export interface AskedChange {
  readonly person: PersonDetail;
  readonly change: PersonChange;
}

interface Props {
  person: PersonDetail;
  onChange: (asked: AskedChange) => void;
  onReset: (person: PersonDetail) => void;
}

const load = () => import('./person-menu');
const PersonMenu = lazy(async () => ({ default: (await load()).PersonMenu }));

export function PersonRow({ person, onChange, onReset }: Props) {
  const { user } = useTeam();
  const self = person.id === user.id;
  return (
    <li className="flex items-center gap-3 px-4 py-2.5 text-sm">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="font-medium [overflow-wrap:anywhere]">{person.name}</span>
          {self && <Badge tone="outline">you</Badge>}
          {person.administrator && <Badge tone="info">administrator</Badge>}
          {person.disabledAt && <Badge tone="danger">disabled</Badge>}
        </p>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          {person.email}, since <RelativeTime at={person.createdAt} />
        </p>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          {person.teams.length === 0
            ? 'In no team'
            : person.teams.map(({ name, role }) => `${name} (${role})`).join(', ')}
        </p>
      </div>
      <OnDemandMenu
        preload={load}
        menu={(trigger) => (
          <PersonMenu
            trigger={trigger}
            person={person}
            self={self}
            onChange={(change) => onChange({ person, change })}
            onReset={() => onReset(person)}
          />
        )}
        className={buttonVariants({ variant: 'ghost', size: 'icon-sm' })}
      >
        <MoreHorizontal aria-hidden />
        <span className="sr-only">What to do with {person.name}</span>
      </OnDemandMenu>
    </li>
  );
}
