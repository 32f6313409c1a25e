'use client';
import { Download, FileCode2, Link2, TriangleAlert } from 'lucide-react';
import { parseAsString, useQueryStates } from 'nuqs';
import { CopyButton } from '#components/kit/copy-button';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import { Tabs, TabsContent, TabsList, TabsTrigger } from '#components/ui/tabs';
import type { Issue } from '#core/issue';
import { IssueNote } from '../editor/issue-note';
import { PreviewCode } from './preview-code';
import type { Preview } from './preview-model';
import type { PreviewTarget } from './preview-targets';

interface Props {
  targets: readonly PreviewTarget[];
  active: PreviewTarget;
  onTarget: (key: string) => void;
  /** `null` while the form holds nothing that could be rendered. */
  preview: Preview | null;
  /** The preview shows an earlier state, because the form has errors now. */
  behind: boolean;
}

export function PreviewPanel({ targets, active, onTarget, preview, behind }: Props) {
  const [{ file: wanted }, setState] = useQueryStates({ file: parseAsString }, { history: 'replace' });
  const files = preview?.files ?? [];
  const file = files.find(({ path, role }) => (wanted ? nameOf(path, role) === wanted : true)) ?? files[0];
  return (
    <Tabs
      value={active.key}
      onValueChange={onTarget}
      className="h-full min-h-0 overflow-hidden rounded-lg border bg-card shadow-xs"
    >
      <div className="flex items-center gap-2 border-b pr-1.5 pl-3">
        <TabsList aria-label="Web server" className="min-w-0 flex-1 border-b-0">
          {targets.map(({ key, title, hosts }) => (
            <TabsTrigger key={key} value={key}>
              {title}
              {hosts.length > 0 && (
                <span className="font-normal text-muted-foreground text-xs">
                  {hosts.length === 1 ? hosts[0] : `${hosts.length} hosts`}
                </span>
              )}
            </TabsTrigger>
          ))}
        </TabsList>
        {file && (
          <div className="flex shrink-0">
            <CopyButton value={() => file.content} label={`Copy ${file.path}`} />
            <Button
              variant="ghost"
              size="icon-xs"
              aria-label={`Download ${file.path}`}
              title={`Download ${file.path}`}
              onClick={() => download(file.path, file.content)}
            >
              <Download />
            </Button>
          </div>
        )}
      </div>
      <TabsContent value={active.key} className="flex min-h-0 flex-1 flex-col">
        {active.hosts.length === 0 && (
          <p className="border-b bg-muted/50 px-3 py-1 text-muted-foreground text-xs">
            The site does not run on {active.title}; shown for a version that is not known.
          </p>
        )}
        {behind && (
          <p
            role="status"
            className="flex items-center gap-1.5 border-b bg-warning-subtle px-3 py-1 text-warning text-xs"
          >
            <TriangleAlert className="size-3.5 shrink-0" aria-hidden />
            Shows the last complete state; the form has errors now.
          </p>
        )}
        {file && preview ? (
          <>
            <fieldset
              aria-label="Files"
              className="flex min-w-0 shrink-0 gap-1 overflow-x-auto border-b px-1.5 py-1"
            >
              {files.map(({ path, role, changed }) => {
                const Icon = role === 'enable' ? Link2 : FileCode2;
                const active = path === file.path;
                return (
                  <button
                    key={path}
                    type="button"
                    aria-pressed={active}
                    title={path}
                    onClick={() => setState({ file: path === files[0]?.path ? null : nameOf(path, role) })}
                    className={cn(
                      'inline-flex h-6 shrink-0 items-center gap-1 rounded-sm px-1.5 font-mono text-[11.5px] text-muted-foreground hover:text-foreground',
                      active && 'bg-accent text-foreground',
                    )}
                  >
                    <Icon className="size-3.5" aria-hidden />
                    {nameOf(path, role)}
                    {changed && (
                      <>
                        <span aria-hidden className="size-1.5 rounded-full bg-ok" />
                        <span className="sr-only">, changed</span>
                      </>
                    )}
                  </button>
                );
              })}
            </fieldset>
            <div
              className="shrink-0 truncate border-b bg-code px-3 py-1 font-mono text-[11.5px] text-muted-foreground"
              title={file.path}
            >
              {file.path}
            </div>
            <div className="min-h-0 flex-1">
              <PreviewCode key={file.path + active.key} file={file} server={active.target.server} />
            </div>
            <PanelIssues issues={preview.issues} />
          </>
        ) : preview && preview.issues.length > 0 ? (
          <PanelIssues issues={preview.issues} />
        ) : (
          <p className="flex flex-1 items-center justify-center p-6 text-center text-muted-foreground text-sm">
            The preview appears as soon as the form describes a site.
          </p>
        )}
      </TabsContent>
    </Tabs>
  );
}

function PanelIssues({ issues }: { issues: readonly Issue[] }) {
  if (issues.length === 0) return null;
  return (
    <ul className="max-h-32 shrink-0 space-y-1 overflow-y-auto border-t px-3 py-2">
      {issues.map((issue) => (
        <li key={`${issue.code} ${issue.path.join('.')} ${issue.message}`}>
          <IssueNote issue={issue} />
        </li>
      ))}
    </ul>
  );
}

function nameOf(path: string, role: string): string {
  const parts = path.split('/');
  return role === 'enable' ? parts.slice(-2).join('/') : (parts.at(-1) ?? path);
}

function download(path: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = path.split('/').at(-1) ?? 'site.conf';
  link.click();
  URL.revokeObjectURL(url);
}
