import type { Host } from '#api/contract/hosts';
import { CodeBlock } from '#components/kit/code-block';

/** The dashboard's own public key for this host. */
export function PublicKey({ host }: { host: Host }) {
  if (!host.publicKey) return null;
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-medium text-sm">The dashboard’s key, for {host.user}’s authorized_keys</h3>
      <CodeBlock code={host.publicKey.trim()} label="public key" wrap />
    </div>
  );
}
