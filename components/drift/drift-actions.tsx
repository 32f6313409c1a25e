'use client';
import { EyeOff, FileCheck2, RotateCw, Undo2 } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { DriftDetail } from '#api/contract/drift';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { RelativeTime } from '#components/kit/relative-time';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { useCheckDrift, useReopenDrift, useRevertDrift } from '#queries/drift';
import { revertSentence } from './drift-words';

const DecideDialog = later(() => import('./decide-dialog').then((module) => module.DecideDialog));

interface Props {
  file: DriftDetail;
  /** What differs, in plain words. */
  sentence: string;
}

/** What can be done about a file; every way out is said before it is taken. */
export function DriftActions({ file, sentence }: Props) {
  const team = useTeam();
  const router = useRouter();
  const [deciding, setDeciding] = useState(false);
  const revert = useRevertDrift(team.slug);
  const reopen = useReopenDrift(team.slug);
  const check = useCheckDrift(team.slug);
  const startRevert = () =>
    revert.mutate([file.id], { onSuccess: ({ id }) => router.push(`/${team.slug}/plans/${id}`) });
  const lookAgain = () =>
    check.mutate(
      { hostIds: [file.hostId] },
      {
        onSuccess: ({ hosts }) => {
          const host = hosts.find(({ id }) => id === file.hostId);
          if (host?.unreachableSince) toast.error(`${file.hostName} cannot be compared now`);
          else toast.success(`${file.hostName} was compared`);
        },
      },
    );
  const { decision, adopted } = file;
  return (
    <div className="flex flex-col gap-3">
      <Alert tone={decision ? 'neutral' : adopted ? 'ok' : 'warning'} title={sentence}>
        {adopted ? (
          `Revision ${file.unapplied?.to} of ${file.site?.name ?? 'the site'} has this edit. Its apply renews only what the blocks are known by, keeps the rest of the text, and closes this drift.`
        ) : decision ? (
          <>
            {decision.kind === 'ignored' ? 'Ignored' : 'Accepted as it is'} by{' '}
            {decision.by?.name ?? 'somebody'} <RelativeTime at={decision.at} />
            {decision.reason !== '' && `: “${decision.reason}”`}. It comes back to the inbox when the file
            changes again.
          </>
        ) : file.revertible ? (
          <>
            {revertSentence(file)} You review that as a plan first.
            {file.unapplied &&
              ` That plan also brings revision ${file.unapplied.to} of the site, which is not applied here yet.`}
          </>
        ) : file.role === null ? (
          'Another dashboard may be in charge of this host. If nobody is, remove the file by hand.'
        ) : (
          'No site that runs there needs it any longer.'
        )}
      </Alert>
      <div className="flex flex-wrap gap-2">
        {file.revertible && team.can('plans.create') && (
          <Button variant={decision ? 'outline' : 'default'} pending={revert.isPending} onClick={startRevert}>
            {adopted ? <FileCheck2 /> : <Undo2 />}
            {revert.isPending ? 'Reading the host' : adopted ? 'Plan the apply that keeps it' : 'Revert…'}
          </Button>
        )}
        {!decision && !adopted && team.can('drift.decide') && (
          <Button variant="outline" onClick={() => setDeciding(true)}>
            <EyeOff />
            Ignore…
          </Button>
        )}
        {decision && team.can('drift.decide') && (
          <Button variant="outline" pending={reopen.isPending} onClick={() => reopen.mutate(file.id)}>
            <Undo2 />
            {decision.kind === 'ignored' ? 'Stop ignoring' : 'Stop accepting'}
          </Button>
        )}
        {team.can('hosts.check') && (
          <Button variant="ghost" pending={check.isPending} onClick={lookAgain}>
            <RotateCw />
            Look again
          </Button>
        )}
      </div>
      {revert.isError && <ErrorState error={revert.error} onRetry={startRevert} />}
      {reopen.isError && <ErrorState error={reopen.error} />}
      {check.isError && <ErrorState error={check.error} />}
      {deciding && <DecideDialog file={file} kind="ignored" onClose={() => setDeciding(false)} />}
    </div>
  );
}
