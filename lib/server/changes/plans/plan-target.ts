import 'server-only';
import { isDeepStrictEqual } from 'node:util';
import type { LiveFile } from '#core/change/file-state';
import type { EventOf } from '#core/host/event';
import type { Issue } from '#core/issue';
import { lintSite } from '#core/lint/lint-site';
import { buildPlan } from '#core/plan/build-plan';
import { desiredState } from '#core/plan/desired';
import { hostPaths, missingHostPaths } from '#core/plan/host-paths';
import { isEmpty } from '#core/plan/is-empty';
import { moduleLinks } from '#core/plan/module-links';
import { brokenBaselineDecision, brokenBaselineIssues } from '#core/plan/pending-edits';
import { takenPorts } from '#core/plan/port-issues';
import { ranDecision, ranIssues } from '#core/plan/ran-issues';
import type { TargetPlan } from '#core/plan/target-plan';
import { checkSite } from '#core/rules/check-site';
import { renderTarget } from '#core/servers/render';
import type { IncludeLine, Rendering } from '#core/servers/types';
import type { Site } from '#core/site/schema';
import type { RenderTarget } from '#core/web-server/render-target';
import { probeTarget } from '#server/changes/probes/probe-target';
import { readEffective, readFacts, readState, recoverOnHost } from '#server/hosts/helper/host';
import { dismissHelper, readyHelper } from '#server/hosts/helper/ready-helper';
import { treeOf } from '#server/hosts/inventory/inventories-of';
import type { KeptInventory } from '#server/hosts/inventory/kept-inventory';
import { openHost } from '#server/hosts/open-host';
import type { Transport } from '#server/hosts/ssh/transport';
import { AppError } from '#server/platform/errors/app-error';
import { TransportError } from '#server/platform/errors/transport-error';
import { sha256 } from '../../platform/sha256';
import { certificateFindings } from './certificate-findings';
import { checkUpstreams } from './check-upstreams';
import { closingWebSockets } from './closing-web-sockets';
import { handOverOn } from './hand-over-on';
import { openApplies, strayFiles } from './host-findings';
import type { PlannedSite, PlanTargetInput } from './load-plan-targets';
import { lookAround } from './look-around';
import { plannedSites } from './planned-sites';
import { notRun, runPreflight } from './run-preflight';
import { runsAlready } from './runs-already';
import { refused, serverMissing, serverStopped, unreachable } from './unplannable-issues';

/** A target's plan, with the lines of ours that belong in files of others. */
export interface PlannedTarget {
  readonly plan: TargetPlan;
  readonly includes: readonly IncludeLine[];
  /** What the web server serves, as it was read for this plan. */
  readonly looked?: KeptInventory | undefined;
}

/** Reads one host now and plans what has to change there. A host that cannot be read is an issue of the plan, not an error. */
export async function planTarget(input: PlanTargetInput, signal: AbortSignal): Promise<PlannedTarget> {
  let transport: Transport | null = null;
  try {
    transport = await openHost(input.host.id);
    return await planOn(transport, input, signal);
  } catch (error) {
    if (error instanceof TransportError) return unplannable(input, unreachable(input, error));
    if (error instanceof AppError) return unplannable(input, refused(error));
    throw error;
  } finally {
    if (transport) dismissHelper(transport);
    await transport?.close();
  }
}

async function planOn(
  transport: Transport,
  input: PlanTargetInput,
  signal: AbortSignal,
): Promise<PlannedTarget> {
  const documents = input.sites.flatMap(({ document }) => (document ? [document] : []));
  const selected = input.sites.filter((site) => site.selected);
  const chosen = selected.flatMap(({ document }) => (document ? [document] : []));
  // The files can be read while the host still tells what it is, where it is what it was.
  const likely = input.known ? desireOn(renderTargetOf(input.known), documents) : null;
  const early = likely
    ? readEarly(transport, askOf(input, chosen, likely.desired, likely.rendering), signal)
    : null;
  const reading = readFacts(transport, { servers: [input.server], signal });
  const effective = readEffective(transport, [input.server], { signal });
  effective.catch(() => undefined);
  // The next request is most likely the preflight's.
  readyHelper(transport);
  const facts = await reading;
  const server = facts.servers.find((each) => each.server === input.server);
  if (!server) return unplannable(input, serverMissing(input));
  const target = renderTargetOf(server);
  const { rendering, desired } =
    likely && isDeepStrictEqual(likely.target, target) ? likely : desireOn(target, documents);
  const modules = moduleLinks(rendering.modules, target, server.available, input.applied);
  const wanted = { entries: [...desired.entries, ...modules.entries], includes: desired.includes };
  const asked = askOf(input, chosen, wanted, rendering);
  const answered = early && covers(early.asked, asked) ? await early.answer : null;
  let state = answered ?? (await readState(transport, asked, { signal }));
  // An apply that nobody works on or guards any longer, after a power cut: put back at next contact, which this is.
  if (state.journals.some(({ watchdog }) => watchdog === 'dead')) {
    await recoverOnHost(transport, { signal });
    state = await readState(transport, asked, { signal });
  }
  const live = new Map(state.files.map((file) => [file.path, file]));
  const build = (files: ReadonlyMap<string, LiveFile>) =>
    buildPlan({
      server: input.server,
      desired: wanted,
      live: files,
      applied: input.applied,
      selected: new Set(selected.map((site) => site.name)),
      sha256,
    });
  const built = build(live);
  const plan: TargetPlan = {
    ...frame(input, target),
    changes: [...built.changes],
    certificates: madeCertificates(rendering, chosen).map(
      ({ kind, certificatePath, keyPath, hostnames }) => ({
        kind,
        certificatePath,
        keyPath,
        hostnames: [...hostnames],
        missing: state.exists.get(certificatePath) !== 'file',
      }),
    ),
    listeners: rendering.listeners.map((each) => ({ ...each })),
    identities: rendering.identities.filter(({ site }) => chosen.some(({ name }) => name === site)),
    modules: [...rendering.modules],
    startServer: !server.running,
  };
  const pairs = await certificateFindings(transport, selected, rendering, input.server, signal);
  if (pairs.chores.length > 0) plan.chores = pairs.chores;
  const config = (await effective)[0];
  const { looked, found, changes, takenOver, handIssues } = await handOverOn(transport, {
    built,
    build,
    live,
    input,
    includes: wanted.includes,
    signal,
    tree: config && treeOf(config, server.modules),
    look: (changes, handed) =>
      lookAround({
        config,
        server,
        plan: { changes: [...changes] },
        chosen: selected.filter(({ to }) => to !== null).map(({ name }) => name),
        accepted: input.accepted,
        takeOver: input.takeOver,
        earlier: input.earlier,
        handed,
      }),
  });
  plan.changes = [...changes];
  plan.takenOver = [...takenOver];
  plan.accepted = input.accepted.filter(({ id }) => found.acceptable.includes(id));
  const issues = [
    ...found.issues,
    ...handIssues,
    ...rendering.issues.filter((issue) => concerns(issue, selected)),
    ...modules.issues,
    ...built.issues,
    ...pairs.issues,
    ...openApplies(state.journals, input),
    ...strayFiles(state, wanted.entries, input.applied, input),
    ...(server.running ? [] : [serverStopped(input)]),
    ...chosen.flatMap((site) => [
      ...brokenRules(site),
      ...unwise(site),
      ...missingHostPaths(site, state.exists, input.host.name),
      ...takenPorts(site, input.server, facts.listeners),
    ]),
  ];
  const { includes } = rendering;
  if (isEmpty(plan)) return { plan: { ...plan, issues }, includes, looked };
  const [{ preflight, ran }, upstreams, baselineProbes] = await Promise.all([
    runPreflight(transport, { plan, rendering, sites: chosen, signal }),
    checkUpstreams(transport, chosen, state.exists, facts.listeners),
    probeTarget({
      transport,
      address: input.host.address,
      sites: selected.filter(runsAlready),
      clockOffsetMs: facts.clockSkewSeconds * 1000,
      signal,
    }),
  ]);
  const letGo = ranDecision(ran);
  const also = input.accepted.filter(
    ({ id }) =>
      id === letGo || (id === brokenBaselineDecision && brokenBaselineIssues(preflight, '', []).length > 0),
  );
  const runningLetGo = also.some(({ id }) => id === letGo);
  return {
    plan: {
      ...plan,
      preflight,
      baselineProbes,
      ...(runningLetGo && ran?.sha256 ? { running: ran.sha256 } : {}),
      accepted: [...plan.accepted, ...also],
      issues: [
        ...issues,
        ...ranIssues(ran, input.accepted),
        ...brokenBaselineIssues(preflight, preflight.baselineOutput, input.accepted),
        ...upstreams,
        ...closingWebSockets(input, rendering, documents),
      ],
    },
    includes,
    looked,
  };
}

function desireOn(target: RenderTarget, documents: readonly Site[]) {
  const rendering = renderTarget(documents, target);
  return { target, rendering, desired: desiredState(rendering, sha256) };
}

/** The apply concerns itself with the chosen sites only: those of the others were made when they were applied. */
function madeCertificates({ certificates }: Rendering, chosen: readonly Site[]) {
  const names = new Set(chosen.map(({ name }) => name));
  return certificates.filter(({ site }) => names.has(site));
}

type StateRequest = Parameters<typeof readState>[1];

function askOf(
  input: PlanTargetInput,
  chosen: readonly Site[],
  wanted: Pick<ReturnType<typeof desiredState>, 'entries' | 'includes'>,
  rendering: Rendering,
): StateRequest {
  const paths = [
    ...wanted.entries.map(({ file }) => file.path),
    ...wanted.includes.map(({ path }) => path),
    ...input.applied.map(({ document }) => document.path),
  ];
  const exists = [
    ...chosen.flatMap(hostPaths).map(({ hostPath }) => hostPath),
    ...madeCertificates(rendering, chosen).map(({ certificatePath }) => certificatePath),
  ];
  return {
    servers: [input.server],
    paths: [...new Set(paths)],
    exists: [...new Set(exists)],
    contents: true,
  };
}

/** An answer that may turn out not to be needed: its failure counts only where somebody waits for it. */
function readEarly(transport: Transport, asked: StateRequest, signal: AbortSignal) {
  const answer = readState(transport, asked, { signal });
  answer.catch(() => undefined);
  return { asked, answer };
}

function covers(early: StateRequest, asked: StateRequest): boolean {
  const [paths, exists] = [new Set(early.paths), new Set(early.exists)];
  return asked.paths.every((path) => paths.has(path)) && asked.exists.every((path) => exists.has(path));
}

/** A revision from before a rule was added may break it; what people are told while they type need not be told again. */
function brokenRules(site: Site): Issue[] {
  return checkSite(site)
    .filter((issue) => issue.severity === 'error')
    .map((issue) => ({ ...issue, site: site.name }));
}

/** The person who reviews a plan is often not the one who typed: warnings are said again, advice is not. */
function unwise(site: Site): Issue[] {
  return lintSite(site)
    .filter(({ severity }) => severity === 'warning')
    .map((issue) => ({ ...issue, site: site.name }));
}

/** Findings about other sites were accepted when those were applied; findings between sites concern everybody. */
function concerns(issue: Issue, selected: readonly PlannedSite[]): boolean {
  const general = issue.site === undefined || issue.code.startsWith('target.');
  return general || selected.some(({ name }) => name === issue.site);
}

/** What rendering has to know of a web server, from the host's own account of it. */
export function renderTargetOf(
  server: Pick<EventOf<'server'>, 'server' | 'version' | 'openssl' | 'layout' | 'modules'>,
): RenderTarget {
  const { version, openssl, layout, modules } = server;
  return {
    server: server.server,
    version,
    openssl,
    layout,
    modules: modules.length > 0 ? [...modules] : null,
  };
}

function frame(input: PlanTargetInput, target: RenderTarget): TargetPlan {
  return {
    targetId: input.targetId,
    hostId: input.host.id,
    hostName: input.host.name,
    target,
    sites: plannedSites(input.sites),
    changes: [],
    certificates: [],
    listeners: [],
    identities: [],
    modules: [],
    startServer: false,
    accepted: [],
    takenOver: [],
    preflight: notRun,
    issues: [],
    baselineProbes: [],
  };
}

function unplannable(input: PlanTargetInput, issue: Issue): PlannedTarget {
  const target: RenderTarget = {
    server: input.server,
    version: null,
    openssl: null,
    layout: 'debian',
    modules: null,
  };
  return { plan: { ...frame(input, target), issues: [issue] }, includes: [] };
}
