import Link from 'next/link';
import type { Host } from '#api/contract/hosts';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';

/** Whom the dashboard's certificate is for, and until when. */
export function CertificateFacts({ host }: { host: Pick<Host, 'id' | 'certificate'> }) {
  const team = useTeam();
  if (!host.certificate) return null;
  const { keyId, principals, validUntil } = host.certificate;
  return (
    <div className="min-w-0">
      <h3 className="mb-1 font-medium text-sm">The dashboard’s certificate</h3>
      <p className="break-words text-sm">
        {keyId || 'Without a name'}, for {principals.length > 0 ? principals.join(', ') : 'any account'}
      </p>
      <p className="text-muted-foreground text-sm">
        {validUntil ? (
          <>
            Valid until <RelativeTime at={validUntil} />.
          </>
        ) : (
          'It does not expire.'
        )}{' '}
        {team.can('hosts.write') && (
          <Link
            href={`/${team.slug}/hosts/${host.id}/edit`}
            className="font-medium underline underline-offset-4"
          >
            Replace it
          </Link>
        )}
      </p>
    </div>
  );
}
