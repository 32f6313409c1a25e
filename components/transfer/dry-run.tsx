'use client';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ImportedSite, ImportIssue, ImportResult } from '#api/contract/transfer';
import { DiffBody } from '#components/diff/diff-body';
import { FieldChanges } from '#components/diff/field-changes';
import { Alert } from '#components/ui/alert';
import { Badge, type BadgeTone } from '#components/ui/badge';
import { Button } from '#components/ui/button';
import { formatPath } from '#core/format-path';
import { diffWhole } from '#core/plan/diff';

const looks: Record<ImportedSite['action'], { label: string; tone: BadgeTone; order: number }> = {
  refused: { label: 'Refused', tone: 'danger', order: 0 },
  update: { label: 'Update', tone: 'info', order: 1 },
  create: { label: 'Create', tone: 'ok', order: 2 },
  unchanged: { label: 'Unchanged', tone: 'neutral', order: 3 },
};
const pageSize = 100;

/** What an import would do, site by site. */
export function DryRun({ result }: { result: ImportResult }) {
  const { counts, issues } = result;
  const [shown, setShown] = useState(pageSize);
  const sites = useMemo(
    () =>
      result.sites
        .map((site, index) => ({ site, index }))
        .filter(({ site }) => site.action !== 'unchanged')
        .sort((a, b) => looks[a.site.action].order - looks[b.site.action].order),
    [result],
  );
  const refused = counts.refused > 0 || issues.length > 0;
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <p role="status" className="flex flex-wrap gap-1.5 text-sm">
        <Badge tone="ok">{counts.create} to create</Badge>
        <Badge tone="info">{counts.update} to update</Badge>
        <Badge>{counts.unchanged} unchanged</Badge>
        {counts.refused > 0 && <Badge tone="danger">{counts.refused} refused</Badge>}
      </p>
      {refused && (
        <Alert tone="danger" title="It cannot be imported like this">
          {issues.length > 0 ? (
            <Findings issues={issues} />
          ) : (
            'Correct the lines named below, then look again.'
          )}
        </Alert>
      )}
      {sites.length > 0 && (
        <ul className="max-h-[50dvh] min-h-0 divide-y overflow-y-auto rounded-md border">
          {sites.slice(0, shown).map(({ site, index }) => (
            <SiteChange key={index} site={site} open={sites.length <= 3} />
          ))}
          {sites.length > shown && (
            <li className="p-2 text-center">
              <Button variant="ghost" onClick={() => setShown(shown + pageSize)}>
                Show {Math.min(pageSize, sites.length - shown)} more
              </Button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

function SiteChange({ site, open: openFirst }: { site: ImportedSite; open: boolean }) {
  const [open, setOpen] = useState(openFirst || site.action === 'refused');
  const { label, tone } = looks[site.action];
  return (
    <li className="text-sm">
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex min-h-10 w-full items-center gap-2 px-3 py-1.5 text-left hover:bg-accent/50"
      >
        <ChevronRight className={open ? 'size-4 rotate-90' : 'size-4'} aria-hidden />
        <span className="min-w-0 flex-1 truncate font-medium">{site.name || 'a site without a name'}</span>
        {site.changeCount > 0 && (
          <span className="text-muted-foreground text-xs">
            {site.changeCount} {site.changeCount === 1 ? 'field' : 'fields'}
          </span>
        )}
        <Badge tone={tone}>{label}</Badge>
      </button>
      {open && (
        <div className="flex flex-col gap-3 px-3 pt-1 pb-3">
          {site.issues.length > 0 && <Findings issues={site.issues} />}
          <FieldChanges changes={site.changes} count={site.changeCount} />
          {site.text && <TextDiff name={site.name} text={site.text} />}
        </div>
      )}
    </li>
  );
}

function TextDiff({ name, text }: { name: string; text: { before: string; after: string } }) {
  const lines = useMemo(() => diffWhole(text.before, text.after), [text]);
  return (
    <div className="overflow-hidden rounded-md border">
      <DiffBody
        server="nginx"
        label={`Text of ${name}, now against the file`}
        lines={lines}
        twoSided={text.before !== ''}
        sides={['Now', 'In the file']}
        mode="unified"
        wrap
      />
    </div>
  );
}

function Findings({ issues }: { issues: readonly ImportIssue[] }) {
  return (
    <ul className="flex flex-col gap-1 text-sm">
      {issues.map(({ path, message, hint, line, code }) => (
        <li key={`${code} ${formatPath(path)} ${message}`} className="[overflow-wrap:anywhere]">
          {line !== null && <span className="font-medium">Line {line}: </span>}
          {path.length > 0 && <code className="text-xs">{formatPath(path)}</code>} {message}
          {hint && <span className="text-muted-foreground"> {hint}</span>}
        </li>
      ))}
    </ul>
  );
}
