'use client';
import { CircleAlert, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import type { Certificate } from '#api/contract/certificates';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { useRenewCertificate } from '#queries/certificates';
import { serverTitle } from '../kit/server-title';
import { CertificateBadge } from './certificate-badge';

const stages: Readonly<Record<string, string>> = {
  key: 'The host makes the key.',
  order: 'The issuer is asked.',
  challenge: 'The issuer checks that the names lead here.',
  finalize: 'The issuer signs.',
  install: 'The chain goes to the host.',
  switch: 'The host begins to serve it.',
};

/** One certificate on one web server: where, from whom, until when, and what is wrong with what remedy. */
export function CertificateRow({
  certificate,
  onRevoke,
}: {
  certificate: Certificate;
  onRevoke: () => void;
}) {
  const team = useTeam();
  const renew = useRenewCertificate(team.slug);
  const {
    id,
    name,
    site,
    target,
    issuer,
    hostnames,
    status,
    stage,
    notAfter,
    renewAt,
    servedAt,
    problem,
    serial,
  } = certificate;
  return (
    <li className="flex flex-col gap-2 px-4 py-3 text-sm">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <Link
              href={`/${team.slug}/sites/${site.id}`}
              className="rounded-sm font-medium underline-offset-4 [overflow-wrap:anywhere] hover:underline"
            >
              {name}
            </Link>
            <CertificateBadge status={status} />
          </p>
          <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">{hostnames.join(', ')}</p>
          <p className="text-muted-foreground text-xs [overflow-wrap:anywhere]">
            {serverTitle(target.server)} on {target.hostName}, from {issuer}
          </p>
        </div>
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-xs sm:w-56">
          {notAfter && (
            <>
              <dt className="text-muted-foreground">Ends</dt>
              <dd>
                <RelativeTime at={notAfter} />
              </dd>
            </>
          )}
          {renewAt && serial && (
            <>
              <dt className="text-muted-foreground">Renewed</dt>
              <dd>
                <RelativeTime at={renewAt} />
              </dd>
            </>
          )}
          {serial && (
            <>
              <dt className="text-muted-foreground">Seen served</dt>
              <dd>{servedAt ? <RelativeTime at={servedAt} /> : 'not from the dashboard'}</dd>
            </>
          )}
        </dl>
        {team.can('certificates.renew') && (
          <div className="flex gap-2">
            <Button
              size="sm"
              variant="outline"
              disabled={renew.isPending || (stage !== 'idle' && problem === null)}
              onClick={() =>
                renew.mutate(id, {
                  onSuccess: () => toast.success(`A new certificate for ${name} is being obtained`),
                  onError: (error) => toast.error(error.message),
                })
              }
            >
              <RefreshCw />
              {serial ? 'Renew' : 'Try now'}
            </Button>
            {serial && (
              <Button size="sm" variant="ghost" onClick={onRevoke}>
                Revoke
              </Button>
            )}
          </div>
        )}
      </div>
      {stage !== 'idle' && stages[stage] && <p className="text-muted-foreground text-xs">{stages[stage]}</p>}
      {problem && (
        <div className="flex items-start gap-2 rounded-md bg-warning-subtle p-2.5 text-xs">
          <CircleAlert className="mt-0.5 size-3.5 shrink-0 text-warning" aria-hidden />
          <div className="min-w-0 [overflow-wrap:anywhere]">
            <p>
              {problem.message}{' '}
              <span className="text-muted-foreground">
                (<RelativeTime at={problem.at} />)
              </span>
            </p>
            <p className="text-muted-foreground">
              {problem.hint}
              {serial && status !== 'expired' && ' The certificate from before is still served.'}
              {certificate.nextAt && (
                <>
                  {' Tried again '}
                  <RelativeTime at={certificate.nextAt} />.
                </>
              )}
            </p>
          </div>
        </div>
      )}
    </li>
  );
}
