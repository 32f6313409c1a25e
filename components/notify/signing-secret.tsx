'use client';
import { CopyButton } from '#components/shell/copy-button';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { DialogDescription, DialogFooter, DialogHeader, DialogTitle } from '#components/ui/dialog';

interface Props {
  name: string;
  secret: string;
  onClose: () => void;
}

/** The only view of a webhook's signing secret. */
export function SigningSecret({ name, secret, onClose }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <DialogHeader>
        <DialogTitle>“{name}” is added</DialogTitle>
        <DialogDescription>Copy the signing secret now: it is shown this once.</DialogDescription>
      </DialogHeader>
      <div className="flex items-center gap-2 rounded-md border bg-code py-1 pr-1 pl-3">
        <code className="min-w-0 flex-1 text-xs [overflow-wrap:anywhere]">{secret}</code>
        <CopyButton value={secret} label="Copy signing secret" variant="outline">
          Copy
        </CopyButton>
      </div>
      <Alert tone="neutral">
        Your program checks <code className="text-xs">webhook-signature</code> with it, as any library for
        Standard Webhooks does, and drops a <code className="text-xs">webhook-id</code> that it has seen.
      </Alert>
      <DialogFooter>
        <Button onClick={onClose}>I have copied it</Button>
      </DialogFooter>
    </div>
  );
}
