'use client';
import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { ErrorState } from '#components/kit/error-state';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { useChangeKey, useDropKey } from '#queries/hosts';
import { installKeyAsRootCommand } from './authorized-key';
import { BootstrapScript } from './bootstrap-script';

/** A new key that somebody installs by hand. The one in use works on until the new one has proven itself. */
export function NextKey({ host }: { host: Host }) {
  const team = useTeam();
  const change = useChangeKey(team.slug, host.id);
  const drop = useDropKey(team.slug, host.id);
  const { nextKey } = host;
  if (!nextKey) return null;
  const locks = nextKey.access === 'enrolled';
  return (
    <section aria-label="New key" className="flex flex-col gap-3 rounded-md border bg-muted/40 px-4 py-3">
      <div>
        <h3 className="font-medium text-sm">
          {locks ? 'Run the bootstrap script on the host' : 'Let the new key in on the host'}
        </h3>
        <p className="text-muted-foreground text-sm">
          A new key is ready. The current one stays in use until the new one has been tried and works.
        </p>
      </div>
      {locks ? (
        <BootstrapScript host={host} publicKey={nextKey.publicKey} />
      ) : (
        <CodeBlock
          code={installKeyAsRootCommand(nextKey.publicKey, host.user)}
          label="command that installs the new key"
          wrap
        />
      )}
      {change.isError && <ErrorState error={change.error} />}
      {drop.isError && <ErrorState error={drop.error} />}
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          pending={change.isPending}
          disabled={drop.isPending}
          onClick={() =>
            change.mutate(
              { access: nextKey.access, install: 'by-hand', removeOld: host.keyMade },
              { onSuccess: () => toast.success(`${host.name} uses its new key`) },
            )
          }
        >
          It is in place: try it and use it
        </Button>
        <Button
          size="sm"
          variant="ghost"
          pending={drop.isPending}
          disabled={change.isPending}
          onClick={() => drop.mutate()}
        >
          Discard it
        </Button>
      </div>
    </section>
  );
}
