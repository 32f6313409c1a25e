'use client';
import { OneTimeSecret } from '#components/kit/one-time-secret';
import { Alert } from '#components/ui/alert';

interface Props {
  name: string;
  secret: string;
  onClose: () => void;
}

/** The only view of a webhook's signing secret. */
export function SigningSecret({ name, secret, onClose }: Props) {
  return (
    <OneTimeSecret
      title={`“${name}” is added`}
      text="Copy the signing secret now: it is shown only once."
      value={secret}
      label="Copy signing secret"
      onClose={onClose}
    >
      <Alert tone="neutral">
        Your program checks <code className="text-xs">webhook-signature</code> with it, as any library for
        Standard Webhooks does, and drops a <code className="text-xs">webhook-id</code> that it has seen.
      </Alert>
    </OneTimeSecret>
  );
}
