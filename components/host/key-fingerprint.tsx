import type { Host } from '#api/contract/hosts';
import { CopyButton } from '#components/kit/copy-button';
import { plainOutput } from '../diff/visible-text';

/** A host key as `ssh` shows it: type and fingerprint, to be compared character by character. */
export function KeyFingerprint({ hostKey }: { hostKey: NonNullable<Host['seenKey']> }) {
  return (
    <div className="flex items-center gap-2 rounded-md border bg-code px-3 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="text-muted-foreground text-xs">{plainOutput(hostKey.type)}</p>
        <p className="font-mono text-sm [overflow-wrap:anywhere]">{plainOutput(hostKey.fingerprint)}</p>
      </div>
      <CopyButton value={hostKey.fingerprint} label="Copy fingerprint" />
    </div>
  );
}
