'use client';
import { useId, useState } from 'react';
import type { Host } from '#api/contract/hosts';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
} from '#components/ui/alert-dialog';
import { Button } from '#components/ui/button';
import { Checkbox } from '#components/ui/checkbox';
import { useChangeKey, usePrepareKey } from '#queries/hosts';

interface Props {
  host: Host;
  /** What the new key is for: another way of access locks the host down, the same one changes its key. */
  access: Host['access'];
  onClose: () => void;
}

const words = {
  lock: {
    title: 'Lock this key down?',
    lead: 'A new key takes the place of the one in use. It can do nothing but run Gatehouse’s helper: no shell, no files, no forwarding, even for somebody who steals it.',
    act: 'Lock it down now',
    done: 'is locked down',
  },
  change: {
    title: 'Change the key?',
    lead: 'A new key is made, let in beside the old one and tried. Only when it works is it used, and the old one taken out.',
    act: 'Change it now',
    done: 'has a new key',
  },
} as const;

/** Asks before a host's key is replaced, says what that does, and offers to do the host's side by hand. */
export function ChangeKeyDialog({ host, access, onClose }: Props) {
  const team = useTeam();
  const id = useId();
  const [removeOld, setRemoveOld] = useState(host.keyMade);
  const change = useChangeKey(team.slug, host.id);
  const prepare = usePrepareKey(team.slug, host.id);
  const locks = access === 'enrolled' && host.access === 'direct';
  const { title, lead, act, done } = words[locks ? 'lock' : 'change'];
  return (
    <AlertDialog
      open
      onOpenChange={(next) => {
        if (!next && !change.isPending) onClose();
      }}
    >
      <AlertDialogContent>
        <AlertDialogHeader>
          <AlertDialogTitle>{title}</AlertDialogTitle>
          <AlertDialogDescription>{lead}</AlertDialogDescription>
        </AlertDialogHeader>
        <div className="flex flex-col gap-3 text-sm">
          {locks && (
            <ul className="list-disc pl-5 text-muted-foreground">
              <li>
                On {host.name} the bootstrap script runs over the current connection, as root: an account
                gatehouse, the helper, one sudo rule, one key.
              </li>
              <li>Then the new key is tried: it has to do its work, and must not do anything else.</li>
              <li>Checks of your sites go over the network from then on; this key forwards nothing.</li>
            </ul>
          )}
          {host.publicKey && (
            <div className="flex items-start gap-2">
              <Checkbox
                id={id}
                checked={removeOld}
                onCheckedChange={(on) => setRemoveOld(on)}
                className="mt-0.5"
              />
              <label htmlFor={id}>
                Take the old key out of {host.user}’s authorized_keys
                <span className="block text-muted-foreground text-xs">
                  {host.keyMade
                    ? 'It was made for this dashboard alone.'
                    : 'You brought this key: anyone else who uses it for this account could no longer sign in.'}
                </span>
              </label>
            </div>
          )}
          <p className="text-muted-foreground">If anything fails, the old key stays in use.</p>
        </div>
        {change.isError && <ErrorState error={change.error} />}
        {prepare.isError && <ErrorState error={prepare.error} />}
        <AlertDialogFooter>
          <AlertDialogCancel disabled={change.isPending}>Cancel</AlertDialogCancel>
          <Button
            variant="outline"
            disabled={change.isPending}
            pending={prepare.isPending}
            onClick={() => prepare.mutate(access, { onSuccess: onClose })}
          >
            By hand…
          </Button>
          <Button
            pending={change.isPending}
            onClick={() =>
              change.mutate(
                { access, install: 'over-ssh', removeOld },
                {
                  onSuccess: () => {
                    toast.success(`${host.name} ${done}`);
                    onClose();
                  },
                },
              )
            }
          >
            {act}
          </Button>
        </AlertDialogFooter>
      </AlertDialogContent>
    </AlertDialog>
  );
}
