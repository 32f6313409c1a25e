'use client';
import { useQuery } from '@tanstack/react-query';
import { LayoutTemplate } from 'lucide-react';
import { useState } from 'react';
import type { Template } from '#api/contract/templates';
import { EmptyState } from '#components/kit/empty-state';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { Card, CardDescription, CardHeader, CardTitle } from '#components/ui/card';
import { Skeleton } from '#components/ui/skeleton';
import { templateQueries } from '#queries/templates';
import { TemplateRow } from './template-row';

const RenameTemplateDialog = later(() =>
  import('./rename-template-dialog').then((module) => module.RenameTemplateDialog),
);
const DeleteTemplateDialog = later(() =>
  import('./delete-template-dialog').then((module) => module.DeleteTemplateDialog),
);

/** What new sites of the team can start from. */
export function TemplatesSettings() {
  const team = useTeam();
  const templates = useQuery(templateQueries.list(team.slug));
  const [renaming, setRenaming] = useState<Template | null>(null);
  const [deleting, setDeleting] = useState<Template | null>(null);
  const items = templates.data?.items ?? [];
  return (
    <Card>
      <CardHeader>
        <div className="py-1">
          <CardTitle>Templates</CardTitle>
          <CardDescription>
            Settings that new sites start from. A site made from one is on its own afterwards.
          </CardDescription>
        </div>
      </CardHeader>
      {templates.isPending && <Skeleton className="m-4 h-20" />}
      {templates.isError && (
        <div className="p-4">
          <ErrorState error={templates.error} onRetry={() => templates.refetch()} />
        </div>
      )}
      {templates.isSuccess && items.length === 0 && (
        <EmptyState icon={LayoutTemplate} title="No templates yet" className="py-8">
          {team.can('templates.write')
            ? 'Open a site that others should be like, and choose “Save as template” in its menu.'
            : 'An editor of this team can save a site as one.'}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="divide-y">
          {items.map((template) => (
            <TemplateRow
              key={template.id}
              template={template}
              onRename={() => setRenaming(template)}
              onDelete={() => setDeleting(template)}
            />
          ))}
        </ul>
      )}
      {renaming && <RenameTemplateDialog template={renaming} onClose={() => setRenaming(null)} />}
      {deleting && <DeleteTemplateDialog template={deleting} onClose={() => setDeleting(null)} />}
    </Card>
  );
}
