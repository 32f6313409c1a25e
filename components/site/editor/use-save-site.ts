import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { SiteDetail } from '#api/contract/sites';
import { ProblemError } from '#api/problem-error';
import { toast } from '#components/kit/toast';
import type { Issue } from '#core/issue';
import { useCreateSite, useUpdateSite } from '#queries/sites';
import { useTeam } from '../../kit/team-context';
import { analyse } from './analyse';
import type { EditorValues } from './editor-values';
import type { Marks } from './marks';

interface Options {
  /** The stored site, `null` for a new one. */
  site: SiteDetail | null;
  /** Revision the edit began from. */
  head: number | null;
  form: UseFormReturn<EditorValues>;
  marks: Marks;
  onSaved: (site: SiteDetail) => void;
  /** The form has errors, or the server found some. */
  onRefused: () => void;
}

/** Saving: checks first what the browser can check, then asks the server; a save in between by somebody else becomes a conflict to decide. */
export function useSaveSite({ site, head, form, marks, onSaved, onRefused }: Options) {
  const team = useTeam();
  const router = useRouter();
  const create = useCreateSite(team.slug);
  const update = useUpdateSite(team.slug, site?.id ?? '');
  const [message, setMessage] = useState('');
  const [conflict, setConflict] = useState(false);

  const onError = (error: unknown) => {
    if (!(error instanceof ProblemError)) return;
    if (error.problem.code === 'stale') {
      setConflict(true);
      return;
    }
    const issues = error.problem.issues.map(documentIssue);
    if (issues.length === 0) return;
    marks.revealAll();
    marks.setIssues(issues);
    onRefused();
  };

  const send = (from: number | null) => {
    if (create.isPending || update.isPending) return;
    const values = form.getValues();
    const analysis = analyse(values);
    if (!analysis.site || analysis.issues.some(({ severity }) => severity === 'error')) {
      marks.revealAll();
      onRefused();
      return;
    }
    const body = { document: analysis.site, targetIds: values.targetIds, message };
    if (site === null || from === null) {
      create.mutate(body, {
        onError,
        onSuccess: (created) => {
          onSaved(created);
          router.replace(`/${team.slug}/sites/${created.id}/edit?saved=${created.head}`);
        },
      });
      return;
    }
    update.mutate(
      { ...body, head: from },
      {
        onError,
        onSuccess: (next) => {
          setMessage('');
          setConflict(false);
          onSaved(next);
          toast.success(`Saved as revision ${next.head}`);
          router.replace(`/${team.slug}/sites/${next.id}/edit?saved=${next.head}`, { scroll: false });
        },
      },
    );
  };

  const failure = create.error ?? update.error;
  const stale = failure instanceof ProblemError && failure.problem.code === 'stale';
  return {
    submit: () => send(head),
    saving: create.isPending || update.isPending,
    error: stale ? null : failure,
    conflict,
    closeConflict: () => setConflict(false),
    message,
    setMessage,
  };
}

/** The server names fields of the request body; the document is one of them. */
function documentIssue(issue: Issue): Issue {
  return issue.path[0] === 'document' ? { ...issue, path: issue.path.slice(1) } : issue;
}
