'use client';
import { useQuery } from '@tanstack/react-query';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import {
  type FocusEvent,
  memo,
  type ReactNode,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { FormProvider, useForm, useWatch } from 'react-hook-form';
import type { SiteDetail } from '#api/contract/sites';
import { ErrorState } from '#components/kit/error-state';
import { later } from '#components/kit/lazy-component';
import { useTeam } from '#components/kit/team-context';
import { cn } from '#components/ui/cn';
import type { Site } from '#core/site/schema';
import { hostQueries } from '#queries/hosts';
import { AccessSection } from './access-section';
import { AddressSection } from './address-section';
import { AdvancedSection } from './advanced-section';
import { ApplicationsSection } from './applications-section';
import { draftStore } from './draft';
import { DraftNotice } from './draft-notice';
import { EditorTabs } from './editor-tabs';
import { type EditorValues, toDocument, toValues } from './editor-values';
import { editorViews } from './editor-views';
import { FindSetting } from './find-setting';
import { HeadersSection } from './headers-section';
import { IssueSummary } from './issue-summary';
import { LeaveGuard } from './leave-guard';
import { LimitsSection } from './limits-section';
import { Marks } from './marks';
import { MarksProvider } from './marks-context';
import { PathsSection } from './paths-section';
import { PresetSection } from './preset-section';
import { PreviewColumn } from './preview-column';
import { RedirectsSection } from './redirects-section';
import { sameValues } from './same-values';
import { SaveBar } from './save-bar';
import { TargetsSection } from './targets-section';
import { TlsSection } from './tls-section';
import { UpstreamsSection } from './upstreams-section';
import { useAfterPress } from './use-after-press';
import { useDraft } from './use-draft';
import { usePreview } from './use-preview';
import { useSaveSite } from './use-save-site';
import { useShownField } from './use-shown-field';

const ConflictDialog = later(() => import('./conflict-dialog').then((module) => module.ConflictDialog));

interface Props {
  /** Title and path of the page; placed above the form, so that the preview has the whole height. */
  header: ReactNode;
  /** The stored site, `null` for a new one. */
  site: SiteDetail | null;
  /** What a new form begins with. */
  start: Site;
  /** Keeps the draft of this new form apart from those of others. */
  draftOf?: string;
}

/** Form and live preview of one site. What is typed is kept as a draft until it is saved or discarded. */
export function SiteEditor({ header, site, start, draftOf }: Props) {
  const team = useTeam();
  const store = useMemo(
    () => draftStore(team.user.id, team.id, site?.id ?? draftOf ?? null),
    [team.user.id, team.id, site?.id, draftOf],
  );
  const [stored, setStored] = useState(site);
  const saved = useMemo(() => valuesOf(stored, start), [stored, start]);
  const [draft, setDraft] = useState(() => {
    const found = store.load();
    return found && !sameValues(found.values, saved) ? found : null;
  });
  const [head, setHead] = useState(draft ? draft.head : (site?.head ?? null));
  const form = useForm<EditorValues>({ defaultValues: draft?.values ?? saved });
  const values = useWatch({ control: form.control }) as EditorValues;

  const [marks] = useState(() => {
    const created = new Marks();
    if (site) created.revealAll();
    return created;
  });
  useShownField(marks);
  const hosts = useQuery(hostQueries.choices(team.slug));
  const [wanted, setWanted] = useQueryState('server');
  const live = usePreview({
    values,
    saved: stored?.document ?? null,
    hosts: hosts.data ?? [],
    marks,
    wanted,
  });
  const { dirty, kept } = useDraft({ store, values, saved, head });
  const [view, setView] = useQueryState('view', parseAsStringLiteral(editorViews).withDefault('form'));

  const take = useCallback(
    (next: SiteDetail | null) => {
      store.remove();
      setDraft(null);
      setStored(next);
      setHead(next?.head ?? null);
      form.reset(valuesOf(next, start));
    },
    [store, form, start],
  );
  const summary = useRef<HTMLDivElement>(null);
  const afterPress = useAfterPress();
  const [refused, setRefused] = useState(false);
  const save = useSaveSite({
    site: stored,
    head,
    form,
    marks,
    onSaved: take,
    onRefused: () => {
      setRefused(true);
      void setView('form');
      requestAnimationFrame(() => summary.current?.focus());
    },
  });

  const { submit } = save;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      submit();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [submit]);

  return (
    <FormProvider {...form}>
      <MarksProvider marks={marks}>
        <div className="grid gap-x-5 gap-y-4 xl:grid-cols-[minmax(0,35rem)_minmax(0,1fr)] xl:grid-rows-[auto_1fr]">
          {header}
          <EditorTabs view={view} onView={setView} />
          <form
            noValidate
            aria-label={site ? `Site ${site.name}` : 'New site'}
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
            onFocus={(event: FocusEvent) => marks.focus(fieldOf(event.target) ?? marks.focused())}
            onBlur={(event: FocusEvent) => {
              const field = fieldOf(event.target);
              if (field) afterPress(() => marks.reveal(field));
              if (!event.relatedTarget) marks.focus(null);
            }}
            className={cn(
              'flex min-w-0 flex-col gap-4',
              view !== 'form' && 'max-xl:hidden',
              'xl:col-start-1',
            )}
          >
            {draft && (
              <DraftNotice draft={draft} head={stored?.head ?? null} onDiscard={() => take(stored)} />
            )}
            {refused && <IssueSummary ref={summary} />}
            <FindSetting />
            <Sections isNew={site === null} />
            {save.error && <ErrorState error={save.error} />}
            <SaveBar
              site={stored}
              dirty={dirty}
              saving={save.saving}
              message={save.message}
              onMessage={save.setMessage}
            />
          </form>
          <PreviewColumn
            live={live}
            onTarget={setWanted}
            view={view}
            className={cn('xl:col-start-2 xl:row-span-2 xl:row-start-1', view === 'form' && 'max-xl:hidden')}
          />
        </div>
        <LeaveGuard dirty={dirty} kept={kept} onDiscard={() => take(stored)} />
        {save.conflict && stored && head !== null && (
          <ConflictDialog
            team={team.slug}
            siteId={stored.id}
            base={head}
            mine={live.analysis.site ?? toDocument(values)}
            onClose={save.closeConflict}
            onLoadTheirs={(theirs) => {
              save.closeConflict();
              take(theirs);
            }}
            onMerged={(merged, theirs) => {
              save.closeConflict();
              const targetIds = mergeTargets(
                targetsOf(stored),
                targetsOf(theirs),
                form.getValues().targetIds,
              );
              setDraft(null);
              setStored(theirs);
              setHead(theirs.head);
              form.reset(toValues(merged, targetIds));
            }}
          />
        )}
      </MarksProvider>
    </FormProvider>
  );
}

/** A keystroke re-renders only the fields that it concerns, not the form around them. */
const Sections = memo(function Sections({ isNew }: { isNew: boolean }) {
  return (
    <>
      <PresetSection isNew={isNew} />
      <AddressSection autoFocus={isNew} />
      <UpstreamsSection />
      <TargetsSection />
      <TlsSection />
      <PathsSection />
      <ApplicationsSection />
      <RedirectsSection />
      <AccessSection />
      <LimitsSection />
      <HeadersSection />
      <AdvancedSection />
    </>
  );
});

function valuesOf(site: SiteDetail | null, start: Site): EditorValues {
  return site ? toValues(site.document, targetsOf(site)) : toValues(start, []);
}

const targetsOf = (site: SiteDetail) =>
  site.targets.filter(({ removing }) => !removing).map(({ targetId }) => targetId);

/** Theirs, with what was added and taken away here. */
const mergeTargets = (base: readonly string[], theirs: readonly string[], yours: readonly string[]) => [
  ...theirs.filter((id) => yours.includes(id) || !base.includes(id)),
  ...yours.filter((id) => !base.includes(id) && !theirs.includes(id)),
];

function fieldOf(target: EventTarget): string | undefined {
  return target instanceof Element ? target.closest<HTMLElement>('[data-field]')?.dataset.field : undefined;
}
