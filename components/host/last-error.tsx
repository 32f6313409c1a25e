import type { ReactNode } from 'react';
import type { Host } from '#api/contract/hosts';
import { Alert } from '#components/ui/alert';
import { plainOutput } from '../diff/visible-text';

/** Why the host could not be reached or used the last time. */
export function LastError({ host, action }: { host: Host; action?: ReactNode }) {
  if (!host.lastError) return null;
  return (
    <Alert tone="danger" title={plainOutput(host.lastError.message)} action={action}>
      {host.lastError.hint && plainOutput(host.lastError.hint)}
    </Alert>
  );
}
