'use client';
import { ShieldAlert } from 'lucide-react';
import { useState } from 'react';
import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { useTrustHostKey } from '#queries/hosts';
import { fingerprintCommand } from './authorized-key';
import { hasChangedKey } from './has-changed-key';
import { KeyFingerprint } from './key-fingerprint';

/** The host shows another key than the one that was trusted. Nothing runs there until a person decides. */
export function ChangedKeyPanel({ host }: { host: Host }) {
  const team = useTeam();
  const [open, setOpen] = useState(false);
  const trust = useTrustHostKey(team.slug, host.id);
  const { pinnedKey, seenKey } = host;
  if (!pinnedKey || !seenKey || !hasChangedKey(host)) return null;
  return (
    <section role="alert" className="overflow-hidden rounded-lg border-2 border-danger bg-danger-subtle/50">
      <h2 className="flex items-center gap-2 bg-danger px-4 py-2.5 font-semibold text-background">
        <ShieldAlert className="size-5 shrink-0" aria-hidden />
        {host.name} shows another key than the one you trusted
      </h2>
      <div className="flex flex-col gap-4 px-4 py-4">
        <p className="max-w-prose text-sm">
          Either the machine was reinstalled or its keys were replaced, or somebody is between it and this
          dashboard. Nothing was sent to it, and nothing will be, until a person decides.
        </p>
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="min-w-0">
            <h3 className="mb-1 font-medium text-sm">The key you trusted</h3>
            <KeyFingerprint hostKey={pinnedKey} />
          </div>
          <div className="min-w-0">
            <h3 className="mb-1 font-medium text-danger text-sm">The key it shows now</h3>
            <KeyFingerprint hostKey={seenKey} />
          </div>
        </div>
        <div className="flex flex-col gap-1.5">
          <p className="text-sm">Ask the machine itself, on its own console and not through the network:</p>
          <CodeBlock
            code={fingerprintCommand(seenKey.type)}
            label="command that prints the fingerprint"
            wrap
          />
        </div>
        {team.can('hosts.write') ? (
          <div>
            <Button variant="destructive" onClick={() => setOpen(true)}>
              Trust the new key…
            </Button>
          </div>
        ) : (
          <p className="text-muted-foreground text-sm">An admin of the team decides.</p>
        )}
      </div>
      <ConfirmDialog
        title={`Trust the new key of ${host.name}?`}
        text="The old key is forgotten. If the machine’s own console did not print exactly this fingerprint, do not go on."
        keep="Keep refusing it"
        action="The console printed this: trust it"
        running={trust}
        open={open}
        onOpenChange={setOpen}
        onConfirm={() => trust.mutate(seenKey.fingerprint, { onSuccess: () => setOpen(false) })}
      >
        <KeyFingerprint hostKey={seenKey} />
      </ConfirmDialog>
    </section>
  );
}
