import 'server-only';
import type { Issue } from '#core/issue';
import { type Adoption, adoptEdit } from '#core/plan/adopt-edit';
import { AppliedDocument } from '#core/plan/applied-file';
import { diffWhole } from '#core/plan/diff';
import { withLine } from '#core/plan/edit-lines';
import { renderTarget } from '#core/servers/render';
import type { LineOrigin, Rendering } from '#core/servers/types';
import type { Site } from '#core/site/schema';
import { type RenderTarget, ServerKind } from '#core/web-server/render-target';
import { StoredFacts } from '../../hosts/stored-facts';
import type { ReadDb } from '../../platform/database/db';
import { loadPlanTargets, type PlanTargetInput } from '../plans/load-plan-targets';
import type { findDrift } from './describe-drift';

/** The three texts of a drifted file, and what its site could make of the edit. */
export interface DriftTexts {
  readonly left: AppliedDocument | null;
  readonly lastApplied: string | null;
  readonly live: string | null;
  readonly planned: string | null;
  /** The edited lines, and what they come from. */
  readonly fields: readonly EditedLine[];
  readonly adoption: Adoption | null;
  /** A site whose plan puts the file right. */
  readonly siteId: string | null;
  readonly unapplied: { readonly from: number | null; readonly to: number } | null;
}

export interface EditedLine {
  readonly path: Issue['path'];
  readonly why: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Row = Awaited<ReturnType<typeof findDrift>>;

/** Reads and renders, without asking the host: what is live is what was seen there last. */
export async function loadTexts(db: ReadDb, row: Row): Promise<DriftTexts> {
  const { targetId, path } = row;
  const { content: live } = await db.driftFile.findUniqueOrThrow({
    where: { id: row.id },
    select: { content: true },
  });
  const applied = await db.appliedFile.findUnique({ where: { targetId_path: { targetId, path } } });
  const left = applied && AppliedDocument.parse(applied.document);
  const lastApplied = left?.kind === 'file' ? left.content : null;
  const siteId = await planSite(db, row);
  const [input] = siteId === null ? [] : await loadPlanTargets(db, [siteId], [targetId]);
  const target = targetOf(row);
  const nothing = {
    left,
    lastApplied,
    live,
    planned: null,
    fields: [],
    adoption: null,
    siteId,
    unapplied: null,
  };
  if (!input || !target) return nothing;

  const planned = renderTarget(documents(input, 'document'), target);
  const running = renderTarget(documents(input, 'running'), target);
  const own = input.sites.find((site) => site.siteId === row.siteId);
  const ahead = own && own.to !== null && own.to !== own.from ? { from: own.from, to: own.to } : null;
  const before = textAt(running, path);
  const known = before !== null && before.content === lastApplied;
  const edited = row.state === 'changed' && lastApplied !== null && live !== null;
  const adoptable = edited && known && !ahead && own?.running && row.role === 'site';
  return {
    ...nothing,
    planned:
      row.role === 'include'
        ? withLines(planned, path, live, target.server)
        : (textAt(planned, path)?.content ?? null),
    fields: edited && known ? editedFields(lastApplied, live, before.lines) : [],
    adoption: adoptable ? adopt(own.running, target, path, live) : null,
    unapplied: ahead,
  };
}

/** The file’s own site, or for what sites share any that runs there. */
async function planSite(db: ReadDb, { siteId, targetId, role }: Row): Promise<string | null> {
  if (role === null) return null;
  const placed = await db.siteTarget.findFirst({
    where: { targetId, ...(siteId === null ? { appliedRevision: { not: null } } : { siteId }) },
    select: { siteId: true },
    orderBy: { siteId: 'asc' },
  });
  return placed?.siteId ?? null;
}

/** The target as the host described it last. */
function targetOf({ target }: Row): RenderTarget | null {
  const server = ServerKind.parse(target.server);
  const facts = StoredFacts.nullable().parse(target.host.facts);
  const found = facts?.servers.find((each) => each.server === server);
  if (!found) return null;
  const { version, openssl, layout, modules } = found;
  return { server, version, openssl, layout, modules: modules.length > 0 ? modules : null };
}

const documents = ({ sites }: PlanTargetInput, which: 'document' | 'running'): Site[] =>
  sites.flatMap((site) => site[which] ?? []);

function textAt(rendering: Rendering, path: string) {
  const file = rendering.files.find((each) => each.path === path);
  return file?.kind === 'file' ? file : null;
}

function withLines(
  rendering: Rendering,
  path: string,
  live: string | null,
  server: ServerKind,
): string | null {
  return rendering.includes
    .filter((include) => include.path === path)
    .reduce<string | null>((text, { line }) => (text === null ? null : withLine(text, line, server)), live);
}

/** An edited line belongs to the field of the line it replaced, or of the one that it follows. */
function editedFields(lastApplied: string, live: string, origins: readonly LineOrigin[]): EditedLine[] {
  const found = new Map<string, EditedLine>();
  let above: LineOrigin | undefined;
  let removed: { text: string; origin: LineOrigin | undefined }[] = [];
  const add = (origin: LineOrigin | undefined, before: string | null, after: string | null) => {
    if (!origin) return;
    const path = origin.path ?? [];
    found.set(JSON.stringify([path, before, after]), { path: [...path], why: origin.why, before, after });
  };
  const flush = () => {
    for (const { origin, text } of removed) add(origin, text, null);
    removed = [];
  };
  for (const { kind, oldNumber, text } of diffWhole(lastApplied, live)) {
    const origin = oldNumber === null ? undefined : origins[oldNumber - 1];
    if (kind === 'removed') removed.push({ text: text.trim(), origin });
    else if (kind === 'added') {
      const replaced = removed.shift();
      add(replaced?.origin ?? above, replaced?.text ?? null, text.trim());
    } else {
      flush();
      above = origin;
    }
  }
  flush();
  return [...found.values()];
}

/** Values of the form that make exactly the live text. A site's own file does not depend on the other sites. */
const adopt = (running: Site, target: RenderTarget, path: string, live: string): Adoption | null =>
  adoptEdit({
    document: running,
    live,
    render: (document) => textAt(renderTarget([document], target), path),
  });
