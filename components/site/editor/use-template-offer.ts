import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import type { Template } from '#api/contract/templates';
import { useTeam } from '#components/kit/team-context';
import { siteFromTemplate } from '#core/site/site-template';
import { templateQueries, useTakeTemplate } from '#queries/templates';
import { type EditorValues, toValues } from './editor-values';
import { controlId } from './site-field';

export interface TemplateOffer {
  readonly templates: readonly Template[];
  /** The templates could not be read. */
  readonly failed: boolean;
  /** Fills the form with a template's settings. */
  take(id: string): void;
  /** What was taken last, until it is undone. */
  readonly taken: string | null;
  readonly taking: { isPending: boolean; error: unknown; retry: () => void };
  undo(): void;
}

const keepsFormState = { keepDefaultValues: true, keepDirty: true, keepTouched: true };

/** The team's templates, for a new site; taking one keeps what was typed of the site's own: names, description and where it runs. */
export function useTemplateOffer(isNew: boolean): TemplateOffer {
  const team = useTeam();
  const form = useFormContext<EditorValues>();
  const templates = useQuery({
    ...templateQueries.list(team.slug),
    enabled: isNew && team.can('templates.read'),
  });
  const request = useTakeTemplate(team.slug);
  const [last, setLast] = useState<{ before: EditorValues; name: string } | null>(null);

  const take = (id: string) =>
    request.mutate(id, {
      onSuccess: (template) => {
        const before = structuredClone(form.getValues());
        const { name, description, hostnames } = before.document;
        const values = toValues(siteFromTemplate(template.document), before.targetIds);
        form.reset(
          { ...values, document: { ...values.document, name, description, hostnames } },
          keepsFormState,
        );
        setLast({ before, name: template.name });
        document.getElementById(controlId('hostnames.0'))?.focus();
      },
    });
  return {
    templates: templates.data?.items ?? [],
    failed: templates.isError,
    take,
    taken: last?.name ?? null,
    taking: {
      isPending: request.isPending,
      error: request.error,
      retry: () => request.variables !== undefined && take(request.variables),
    },
    undo: () => {
      if (last) form.reset(last.before, keepsFormState);
      setLast(null);
    },
  };
}
