'use client';
import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { useRemoveOldKey } from '#queries/hosts';
import { removeKeyCommand } from './authorized-key';

/** A key that was replaced, but that the host may still let in. */
export function OldKey({ host }: { host: Host }) {
  const team = useTeam();
  const remove = useRemoveOldKey(team.slug, host.id);
  const { oldKey } = host;
  if (!oldKey) return null;
  const reachable = oldKey.user === host.user;
  return (
    <Alert tone="warning" title={`The replaced key may still be let in as ${oldKey.user}`}>
      <div className="flex flex-col gap-2 pt-1">
        <p>
          {reachable
            ? 'It could not be taken out, or you chose to leave it. This removes it on the host, as root:'
            : `The dashboard can no longer sign in as ${oldKey.user}. This removes it on the host, as root:`}
        </p>
        <CodeBlock
          code={removeKeyCommand(oldKey.publicKey, oldKey.user)}
          label="command that removes the old key"
          wrap
        />
        {team.can('hosts.write') && (
          <div className="flex flex-wrap gap-2">
            {reachable && (
              <Button size="sm" pending={remove.isPending} onClick={() => remove.mutate('here')}>
                Take it out now
              </Button>
            )}
            <Button
              size="sm"
              variant="outline"
              disabled={remove.isPending}
              onClick={() => remove.mutate('by-hand')}
            >
              It is gone, or should stay
            </Button>
          </div>
        )}
        {remove.isError && <ErrorState error={remove.error} />}
      </div>
    </Alert>
  );
}
