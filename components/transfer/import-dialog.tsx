'use client';
import { FileUp } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { ProblemError } from '#api/problem-error';
import { ErrorState } from '#components/kit/error-state';
import { FormField } from '#components/kit/form-field';
import { MessageField } from '#components/kit/message-field';
import { useTeam } from '#components/kit/team-context';
import { toast } from '#components/kit/toast';
import { Alert } from '#components/ui/alert';
import { Button } from '#components/ui/button';
import { cn } from '#components/ui/cn';
import {
  Dialog,
  DialogContent,
  DialogDescription,
  DialogFooter,
  DialogHeader,
  DialogTitle,
} from '#components/ui/dialog';
import { Input } from '#components/ui/input';
import { Textarea } from '#components/ui/textarea';
import { useDryRun, useImportSites } from '#queries/transfer';
import { DryRun } from './dry-run';

const maxBytes = 6_000_000;

/** Sites from a file: drop or paste it, look at what it would change, then import exactly that. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const team = useTeam();
  const dryRun = useDryRun(team.slug);
  const run = useImportSites(team.slug);
  const picker = useRef<HTMLInputElement>(null);
  const [text, setText] = useState('');
  const [list, setList] = useState('');
  const [message, setMessage] = useState('');
  const [over, setOver] = useState(false);
  const [trouble, setTrouble] = useState('');
  const found = dryRun.data;
  const body = { text, message, ...(list.trim() && { list: list.trim() }) };

  const check = (of: string) => {
    run.reset();
    dryRun.mutate({ ...body, text: of });
  };
  const read = async (file: File | undefined) => {
    if (!file) return;
    if (file.size > maxBytes) {
      setTrouble(`${file.name} is larger than 6 MB. Split it.`);
      return;
    }
    const content = await file.text();
    setTrouble('');
    setText(content);
    check(content);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  const submit = () => {
    if (!found) return;
    run.mutate(
      { ...body, digest: found.digest },
      {
        onSuccess: ({ counts }) => {
          toast.success(`Imported: ${counts.create} created, ${counts.update} updated`, {
            description: 'No host has changed yet: plan and apply them.',
          });
          onClose();
        },
      },
    );
  };
  const stale = run.error instanceof ProblemError && run.error.problem.code === 'stale';
  const changes = found ? found.counts.create + found.counts.update : 0;
  const refused = found !== undefined && (found.issues.length > 0 || found.counts.refused > 0);
  const nothing = changes === 0 && list.trim() === '';

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        className={found ? 'max-w-4xl' : 'max-w-2xl'}
        onInteractOutside={(event) => text !== '' && event.preventDefault()}
      >
        <DialogHeader>
          <DialogTitle>{found ? 'What the import would change' : 'Import sites'}</DialogTitle>
          <DialogDescription>
            {found
              ? 'Nothing is changed yet. All of it is saved together, or nothing.'
              : 'YAML or JSON as an export writes it, or one site document. You see every change before it is made.'}
          </DialogDescription>
        </DialogHeader>
        {!found && (
          <>
            <section
              aria-label="File"
              onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={drop}
              className={cn(
                'flex flex-wrap items-center gap-3 rounded-lg border border-dashed px-4 py-4 text-sm',
                over && 'border-ring bg-accent',
              )}
            >
              <FileUp className="size-5 text-muted-foreground" aria-hidden />
              <p className="min-w-0 flex-1">Drop a file here, or choose one.</p>
              <Button variant="outline" onClick={() => picker.current?.click()}>
                Choose a file
              </Button>
              <input
                ref={picker}
                type="file"
                accept=".yaml,.yml,.json"
                aria-label="File with sites"
                className="sr-only"
                tabIndex={-1}
                onChange={(event) => void read(event.target.files?.[0])}
              />
            </section>
            <FormField label="Or paste the text" error={trouble}>
              {(control) => (
                <Textarea
                  {...control}
                  value={text}
                  onChange={(event) => setText(event.target.value)}
                  rows={10}
                  spellCheck={false}
                  className="font-mono text-xs"
                  placeholder={'schemaVersion: 1\nsites:\n  - name: ci\n    preset: buildbot'}
                />
              )}
            </FormField>
          </>
        )}
        {found && <DryRun result={found} />}
        <div className="grid gap-4 sm:grid-cols-2">
          {team.can('lists.write') && !found && (
            <FormField label="Put them on the list" hint="Made where there is none of that name. Optional.">
              {(control) => (
                <Input
                  {...control}
                  value={list}
                  maxLength={100}
                  autoComplete="off"
                  onChange={(event) => setList(event.target.value)}
                />
              )}
            </FormField>
          )}
          {found && !refused && !nothing && (
            <MessageField
              value={message}
              onValue={setMessage}
              hint="Saved with every revision. Optional."
              className="sm:col-span-2"
            />
          )}
        </div>
        {dryRun.isError && <ErrorState error={dryRun.error} />}
        {run.isError && !stale && <ErrorState error={run.error} />}
        {stale && (
          <Alert
            tone="warning"
            title="Somebody saved one of these sites in the meantime"
            action={
              <Button variant="outline" size="sm" pending={dryRun.isPending} onClick={() => check(text)}>
                Look again
              </Button>
            }
          >
            Nothing was imported.
          </Alert>
        )}
        <DialogFooter>
          {found && (
            <Button
              variant="ghost"
              className="sm:mr-auto"
              onClick={() => {
                dryRun.reset();
                run.reset();
              }}
            >
              Back to the text
            </Button>
          )}
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          {found ? (
            <Button disabled={refused || nothing || stale} pending={run.isPending} onClick={submit}>
              {nothing ? 'Nothing to import' : `Import ${changes} ${changes === 1 ? 'site' : 'sites'}`}
            </Button>
          ) : (
            <Button disabled={text.trim() === ''} pending={dryRun.isPending} onClick={() => check(text)}>
              Show what would change
            </Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
