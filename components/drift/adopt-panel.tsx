'use client';
import { ArrowRight, Check, FileCheck2 } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { DriftDetail } from '#api/contract/drift';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { Button } from '#components/ui/button';
import { Card, CardContent, CardHeader, CardTitle } from '#components/ui/card';
import { formatPath } from '#core/format-path';
import { pathWords } from '#core/site/path-words';
import { useAdoptDrift } from '#queries/drift';
import { useCreatePlan } from '#queries/plans';
import { plainOutput } from '../diff/visible-text';
import { fieldHref } from '../kit/issue-order';

const DecideDialog = later(() => import('./decide-dialog').then((module) => module.DecideDialog));

/** How to keep a manual edit: in the form where the form has a field for it, else by hand, else as it is. */
export function AdoptPanel({ file }: { file: DriftDetail }) {
  const team = useTeam();
  const router = useRouter();
  const [accepting, setAccepting] = useState(false);
  const adopt = useAdoptDrift(team.slug);
  const plan = useCreatePlan(team.slug);
  const { site, adoption, fields, decision } = file;
  if (file.role === null || file.state === 'missing' || decision !== null || file.adopted) return null;
  const start = async () => {
    const { siteId } = await adopt.mutateAsync({ id: file.id, print: file.print });
    const { id } = await plan.mutateAsync({ siteIds: [siteId] });
    router.push(`/${team.slug}/plans/${id}`);
  };
  const error = adopt.error ?? plan.error;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Keep it</CardTitle>
      </CardHeader>
      <CardContent className="flex flex-col gap-3 text-sm">
        {adoption.kind === 'exact' ? (
          <>
            <p className="max-w-prose">
              The form can say this. With {adoption.values.length === 1 ? 'this value' : 'these values'} the
              site makes exactly the text that is on the host:
            </p>
            <ul className="flex flex-col gap-1">
              {adoption.values.map(({ path, before, after }) => (
                <li key={formatPath(path)} className="[overflow-wrap:anywhere]">
                  <span className="font-medium">{pathWords(formatPath(path))}</span>:{' '}
                  {before === null ? 'default' : String(before)} → <strong>{String(after)}</strong>
                </li>
              ))}
            </ul>
            <p className="max-w-prose text-muted-foreground">
              It becomes a revision of {site?.name}, and its plan opens: either the host holds it all and
              nothing is written, or the plan shows the rest. The apply of that plan closes this drift.
            </p>
            {team.can('sites.write') && (
              <Button
                className="self-start"
                variant="outline"
                pending={adopt.isPending || plan.isPending}
                onClick={() => void start().catch(() => undefined)}
              >
                <FileCheck2 />
                Adopt into {site?.name}
              </Button>
            )}
          </>
        ) : (
          <>
            <p className="max-w-prose">
              The form has no words for all of it.{' '}
              {fields.length > 0
                ? 'This is where the edited lines come from:'
                : 'To keep it for good, put it into the site by hand; else accept the file as it is.'}
            </p>
            {fields.length > 0 && site && (
              <ul className="flex flex-col gap-1.5">
                {fields.map(({ path, why, before, after }) => {
                  const href = fieldHref(team.slug, { path }, [{ siteId: site.id, name: site.name }]);
                  return (
                    <li
                      key={JSON.stringify([path, before, after])}
                      className="min-w-0 [overflow-wrap:anywhere]"
                    >
                      <span className="font-mono text-xs">
                        {before !== null && (
                          <del className="text-muted-foreground">{plainOutput(before)}</del>
                        )}{' '}
                        {after !== null && <ins className="no-underline">{plainOutput(after)}</ins>}
                      </span>
                      <span className="block text-muted-foreground text-xs">
                        {href ? (
                          <Link
                            href={href}
                            className="inline-flex items-center gap-1 text-brand hover:underline"
                          >
                            {pathWords(formatPath(path))}
                            <ArrowRight className="size-3" aria-hidden />
                          </Link>
                        ) : (
                          pathWords(formatPath(path))
                        )}{' '}
                        {why}
                      </span>
                    </li>
                  );
                })}
              </ul>
            )}
            {team.can('drift.decide') && (
              <Button className="self-start" variant="outline" onClick={() => setAccepting(true)}>
                <Check />
                Accept as it is…
              </Button>
            )}
          </>
        )}
        {error && <ErrorState error={error} />}
        {accepting && <DecideDialog file={file} kind="accepted" onClose={() => setAccepting(false)} />}
      </CardContent>
    </Card>
  );
}
