'use client';
import { Trash2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { Host } from '#api/contract/hosts';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { useRemoveHost } from '#queries/hosts';

/** Forgets a host, after saying what that destroys and what it leaves. */
export function RemoveHost({ host }: { host: Host }) {
  const team = useTeam();
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const remove = useRemoveHost(team.slug);
  const sites = host.targets.reduce((sum, target) => sum + target.sites, 0);
  return (
    <>
      <Button variant="outline" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Trash2 />
        Remove
      </Button>
      <ConfirmDialog
        title={`Remove ${host.name}?`}
        text="The dashboard forgets this machine. It does not touch anything on it."
        action={`Remove ${host.name}`}
        running={remove}
        open={open}
        onOpenChange={(next) => {
          if (!next) remove.reset();
          setOpen(next);
        }}
        onConfirm={() =>
          remove.mutate(host.id, {
            onSuccess: () => {
              toast.success(`${host.name} was removed`);
              router.push(`/${team.slug}/hosts`);
            },
          })
        }
      >
        <div className="flex flex-col gap-3 text-sm">
          <div>
            <h3 className="font-medium">Deleted here, permanently</h3>
            <ul className="list-disc pl-5 text-muted-foreground">
              {host.transport === 'ssh' && (
                <li>the dashboard’s private key for it, and the trust in its host key</li>
              )}
              <li>what is known about it: facts, check list, last applied files</li>
            </ul>
          </div>
          <div>
            <h3 className="font-medium">Left as it is</h3>
            <ul className="list-disc pl-5 text-muted-foreground">
              <li>
                every file on the machine;{' '}
                {sites > 0
                  ? `its ${sites === 1 ? 'site keeps' : `${sites} sites keep`} being served`
                  : 'its web servers keep running'}
              </li>
              {host.transport === 'ssh' && (
                <li>the public key in {host.user}’s authorized_keys: take it out by hand</li>
              )}
              <li>your sites, their revisions, and the record of past applies</li>
            </ul>
          </div>
        </div>
      </ConfirmDialog>
    </>
  );
}
