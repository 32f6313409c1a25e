'use client';
import type { TeamDetail } from '#api/contract/team';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Badge } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { NativeSelect } from '#components/ui/native-select';
import { roleNames } from '#core/access/role-names';
import type { Role } from '#core/access/roles';
import { useUpdateMember } from '#queries/members';
import { troubleOf } from '../kit/describe-error';
import { roleWords } from './role-words';

export interface AskedMember {
  readonly id: string;
  readonly name: string;
}

interface Props {
  member: TeamDetail['members'][number];
  onEnd: (member: AskedMember) => void;
}

/** One member; admins change the role right here. */
export function MemberRow({ member: { person, role, since }, onEnd }: Props) {
  const team = useTeam();
  const update = useUpdateMember(team.slug);
  const self = person.id === team.user.id;
  const manages = team.can('members.manage');
  const change = (next: Role) =>
    update.mutate(
      { id: person.id, role: next },
      {
        onSuccess: () => toast.success(`${person.name} is ${next} now`),
        onError: (error) => toast.error(troubleOf(error).title, { description: troubleOf(error).hint }),
      },
    );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 text-sm">
      <div className="min-w-48 flex-1">
        <p className="flex flex-wrap items-center gap-x-2">
          <span className="font-medium [overflow-wrap:anywhere]">{person.name}</span>
          {self && <Badge tone="outline">you</Badge>}
        </p>
        <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
          {person.email}, since <RelativeTime at={since} />
        </p>
      </div>
      <div className="flex items-center gap-2">
        {manages ? (
          <NativeSelect
            aria-label={`Role of ${person.name}`}
            className="w-32 capitalize"
            value={update.isPending ? update.variables.role : role}
            disabled={update.isPending}
            onChange={(event) => {
              const next = roleNames.find((each) => each === event.target.value);
              if (next) change(next);
            }}
          >
            {roleNames.map((each) => (
              <option key={each} value={each} title={roleWords[each]}>
                {each}
              </option>
            ))}
          </NativeSelect>
        ) : (
          <span className="text-right">
            <span className="capitalize">{role}</span>
            <span className="block text-muted-foreground text-xs">{roleWords[role]}</span>
          </span>
        )}
        {manages && !self && (
          <Button variant="outline" size="sm" onClick={() => onEnd({ id: person.id, name: person.name })}>
            Remove<span className="sr-only"> {person.name}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
