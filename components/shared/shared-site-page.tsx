'use client';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { MessageField } from '#components/kit/message-field';
import { Page } from '#components/kit/page';
import { PageHeader } from '#components/kit/page-header';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Button } from '#components/ui/button';
import { Skeleton } from '#components/ui/skeleton';
import { Textarea } from '#components/ui/textarea';
import { formatPath } from '#core/format-path';
import type { Issue } from '#core/issue';
import { sharingQueries, useUpdateSharedSite } from '#queries/sharing';
import { documentText } from '../diff/document-text';

/** A site of another team: its document to read, and to edit where the list allows it. Where it runs stays with its team. */
export function SharedSitePage({ list, site: id }: { list: string; site: string }) {
  const team = useTeam();
  const site = useQuery({ ...sharingQueries.site(team.slug, list, id), refetchOnWindowFocus: false });
  const shares = useQuery(sharingQueries.list(team.slug));
  const shared = shares.data?.items.find((each) => each.id === list);
  const mayEdit = shared?.level === 'edit' && team.can('sites.write');
  const update = useUpdateSharedSite(team.slug, list, id);
  const [text, setText] = useState('');
  const [message, setMessage] = useState('');
  const [issues, setIssues] = useState<readonly Issue[]>([]);
  const loaded = site.data;
  useEffect(() => {
    if (loaded) void documentText(loaded.document).then(setText);
  }, [loaded]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!loaded) return;
    const [{ parseDocument }, { parseSite }] = await Promise.all([
      import('yaml'),
      import('#core/rules/parse-site'),
    ]);
    const parsed = parseDocument(text);
    const [broken] = parsed.errors;
    if (broken) {
      setIssues([{ code: 'yaml', severity: 'error', path: [], message: broken.message }]);
      return;
    }
    const read = parseSite(parsed.toJS({ maxAliasCount: 100 }));
    setIssues(read.ok ? [] : read.error);
    if (!read.ok) return;
    update.mutate(
      { document: read.value, message, head: loaded.head },
      {
        onSuccess: ({ head }) => {
          setMessage('');
          toast.success(`Saved as revision ${head}`, {
            description: `${shared?.owner ?? 'Its team'} decides when it is applied.`,
          });
        },
        onError: (error) => {
          if (error instanceof ProblemError) setIssues(error.problem.issues);
        },
      },
    );
  };
  return (
    <Page>
      <PageHeader
        title={loaded?.name ?? 'Site'}
        parents={[
          { label: 'Lists', href: `/${team.slug}/lists` },
          { label: shared?.name ?? 'Shared list', href: `/${team.slug}/shared/${list}` },
        ]}
        description={loaded && `Revision ${loaded.head}, ${loaded.publicUrl}`}
      />
      {site.isPending && <Skeleton className="h-72" />}
      {site.isError && <ErrorState error={site.error} onRetry={() => site.refetch()} />}
      {loaded && (
        <form onSubmit={submit} noValidate className="flex flex-col gap-4">
          <FormField
            label="Document"
            hint={
              mayEdit ? 'Saving makes a revision. It is applied by the team that it belongs to.' : undefined
            }
          >
            {(control) => (
              <Textarea
                {...control}
                readOnly={!mayEdit}
                rows={28}
                spellCheck={false}
                className="font-mono text-xs"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            )}
          </FormField>
          {issues.length > 0 && (
            <ul role="alert" className="text-danger text-sm">
              {issues.map(({ path, message: words, code }) => (
                <li key={`${code} ${formatPath(path)} ${words}`}>
                  {path.length > 0 && <code className="text-xs">{formatPath(path)}</code>} {words}
                </li>
              ))}
            </ul>
          )}
          {update.isError && issues.length === 0 && (
            <ErrorState error={update.error} onRetry={() => site.refetch()} />
          )}
          {mayEdit && (
            <div className="flex flex-wrap items-end gap-2">
              <MessageField value={message} onValue={setMessage} className="min-w-48 flex-1" />
              <Button type="submit" pending={update.isPending}>
                Save
              </Button>
            </div>
          )}
        </form>
      )}
    </Page>
  );
}
