'use client';
import { useId, useState } from 'react';
import type { Notifications } from '#api/contract/notifications';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardDescription, CardFooter, CardHeader, CardTitle } from '#components/ui/card';
import { Checkbox } from '#components/ui/checkbox';
import { useChooseNotifications } from '#queries/notifications';
import { EventChoices } from './event-choices';

/** Which events the signed-in person gets by e-mail, and of which lists. */
export function MailCard({ chosen }: { chosen: Notifications }) {
  const team = useTeam();
  const choose = useChooseNotifications(team.slug);
  const [events, setEvents] = useState(chosen.events);
  const [listIds, setListIds] = useState(chosen.listIds);
  const same =
    events.join() === chosen.events.join() &&
    [...listIds].sort().join() === [...chosen.listIds].sort().join();
  return (
    <Card>
      <CardHeader>
        <div className="min-w-0 py-1">
          <CardTitle>E-mail to you</CardTitle>
          <CardDescription className="[overflow-wrap:anywhere]">
            {chosen.available ? `To ${chosen.address}, about ${team.name} only.` : 'Not set up here.'}
          </CardDescription>
        </div>
      </CardHeader>
      {chosen.available ? (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            choose.mutate({ events, listIds }, { onSuccess: () => toast.success('Your choice is saved') });
          }}
        >
          <CardContent className="flex flex-col gap-5">
            {choose.isError && <ErrorState error={choose.error} />}
            <EventChoices legend="Tell me when" value={events} onChange={setEvents} />
            {chosen.lists.length > 0 && (
              <ListChoices lists={chosen.lists} value={listIds} onChange={setListIds} />
            )}
          </CardContent>
          <CardFooter>
            <Button type="submit" size="sm" pending={choose.isPending} disabled={same}>
              Save
            </Button>
          </CardFooter>
        </form>
      ) : (
        <CardContent>
          <Alert tone="neutral" title="This installation sends no e-mail yet.">
            Its operator sets <code className="text-xs">GATEHOUSE_SMTP_URL</code> and{' '}
            <code className="text-xs">GATEHOUSE_MAIL_FROM</code> and starts it again.
          </Alert>
        </CardContent>
      )}
    </Card>
  );
}

interface ListChoicesProps {
  lists: Notifications['lists'];
  value: readonly string[];
  onChange: (ids: string[]) => void;
}

function ListChoices({ lists, value, onChange }: ListChoicesProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={`${id}-hint`}>
      <legend className="mb-1 font-medium text-sm">Only about sites in these lists</legend>
      <p id={`${id}-hint`} className="mb-2 text-muted-foreground text-xs">
        {value.length === 0 ? 'None chosen: you are told about all sites.' : 'Other sites are left out.'}
      </p>
      <div className="flex flex-wrap gap-x-5 gap-y-2">
        {lists.map((list) => (
          <div key={list.id} className="flex min-w-0 items-center gap-2">
            <Checkbox
              id={`${id}-${list.id}`}
              checked={value.includes(list.id)}
              onCheckedChange={(checked) =>
                onChange(checked ? [...value, list.id] : value.filter((each) => each !== list.id))
              }
            />
            <label htmlFor={`${id}-${list.id}`} className="min-w-0 text-sm [overflow-wrap:anywhere]">
              {list.name}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}
