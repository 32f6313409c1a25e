import type { z } from 'zod';
import type { Client } from '#api/client';
import type { Apply } from '#api/contract/applies';
import { contract } from '#api/contract/index';
import type { Plan } from '#api/contract/plans';
import { mayFollow } from '#core/plan/steps';
import type { SiteInput } from '#core/site/schema';
import type { Host, SshKey } from '#lab/index';
import { onApplyChanged } from '#server/changes/applies/apply-bus';
import { appliesIdle, stopApplies } from '#server/changes/applies/apply-jobs';
import { closeHosts } from '#server/hosts/open-host';
import { addMember, clientOf, startTestServer, type TestServer } from '#server/testing/test-server';

export type ApplyResult = z.output<typeof Apply>;
export type PlanResult = z.output<typeof Plan>;

/** The product's own server code on a database of its own, used through its HTTP operations as a person with one role would. */
export interface Dashboard {
  readonly server: TestServer;
  readonly client: Client;
  readonly token: string;
  /** Adds a host through the whole enrolment and returns its web servers by kind. */
  enrol(host: Host, key: Pick<SshKey, 'privateKey'>, passphrase?: string): Promise<Record<string, string>>;
  createSite(document: SiteInput, targetIds: readonly string[]): Promise<string>;
  /** Saves a new revision. */
  editSite(id: string, edit: (document: SiteInput) => void, targetIds?: readonly string[]): Promise<void>;
  plan(siteIds: readonly string[]): Promise<PlanResult>;
  /** Starts the apply of a plan and returns at once. */
  start(plan: Pick<PlanResult, 'id' | 'hash'>, holdSeconds?: number): Promise<ApplyResult>;
  /** Applies a plan and waits until it has ended. */
  apply(plan: Pick<PlanResult, 'id' | 'hash'>, holdSeconds?: number): Promise<ApplyResult>;
  get(applyId: string): Promise<ApplyResult>;
  /** Waits until the apply is as described. */
  until(applyId: string, is: (apply: ApplyResult) => boolean, withinMs?: number): Promise<ApplyResult>;
  stop(): Promise<void>;
}

export const team = 'lab';
const params = { team };
const open: readonly string[] = ['queued', 'running', 'holding', 'interrupted'];
export const ended = (apply: ApplyResult) => !open.includes(apply.status);

export async function startDashboard(): Promise<Dashboard> {
  const server = await startTestServer({ LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' });
  const { token } = await addMember(team, 'admin');
  return openDashboard(server, token);
}

/** Until something about the apply changes in this process, a little later, or for so long. */
function changed(applyId: string, longestMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, longestMs);
    const off = onApplyChanged(applyId, () => setTimeout(done, 60));
    function done() {
      clearTimeout(timer);
      off();
      resolve();
    }
  });
}

/** A dashboard on a database that exists already. */
export function openDashboard(server: TestServer, token: string): Dashboard {
  const client = clientOf(server, token);
  const get = (id: string) => client.call(contract.applies.get, { params: { ...params, id } });
  const start = (plan: Pick<PlanResult, 'id' | 'hash'>, holdSeconds = 0) =>
    client.call(contract.applies.create, {
      params,
      body: { planId: plan.id, planHash: plan.hash, holdSeconds },
    });
  const until: Dashboard['until'] = async (id, is, withinMs = 60_000) => {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const apply = await get(id);
      if (is(apply)) return inOrder(apply);
      if (Date.now() > deadline) throw new Error(`apply did not get there in time:\n${tell(apply)}`);
      // A person may read ten times a second.
      await changed(id, 500);
    }
  };
  return {
    server,
    client,
    token,
    get,
    start,
    until,
    apply: async (plan, holdSeconds) => until((await start(plan, holdSeconds)).id, ended),
    plan: (siteIds) => client.call(contract.plans.create, { params, body: { siteIds: [...siteIds] } }),
    async enrol(host, key, passphrase) {
      const created = await client.call(contract.hosts.create, {
        params,
        body: {
          transport: 'ssh',
          name: host.name,
          address: host.address,
          port: host.port,
          user: host.user,
          key: { source: 'upload', privateKey: key.privateKey, ...(passphrase ? { passphrase } : {}) },
        },
      });
      const at = { params: { ...params, id: created.id } };
      const { seenKey } = await client.call(contract.hosts.scanKey, at);
      await client.call(contract.hosts.trustKey, {
        ...at,
        body: { fingerprint: seenKey?.fingerprint ?? '' },
      });
      const checked = await client.call(contract.hosts.check, at);
      return Object.fromEntries(checked.targets.map((target) => [target.server, target.id]));
    },
    async createSite(document, targetIds) {
      const body = { document, targetIds: [...targetIds], message: '' };
      return (await client.call(contract.sites.create, { params, body })).id;
    },
    async editSite(id, edit, targetIds) {
      const at = { params: { ...params, id } };
      const { document, head, targets } = await client.call(contract.sites.get, at);
      const edited: SiteInput = structuredClone(document);
      edit(edited);
      const body = {
        document: edited,
        targetIds: [...(targetIds ?? targets.filter((each) => !each.removing).map((each) => each.targetId))],
        message: '',
      };
      await client.call(contract.sites.update, { ...at, body, ifMatch: head });
    },
    async stop() {
      stopApplies();
      await appliesIdle();
      await closeHosts();
      await server.stop();
    },
  };
}

/** A plain site in front of a port of the host itself. */
export function siteDocument(more: Partial<SiteInput> = {}): SiteInput {
  return {
    schemaVersion: 1,
    name: 'ci',
    preset: 'generic',
    hostnames: ['ci.example.com'],
    tls: { mode: 'self-signed' },
    upstreams: [{ servers: [{ address: '127.0.0.1', port: 9000 }] }],
    ...more,
  };
}

/** Whatever a test is about, the steps on record follow one another as an apply's do (G4). */
function inOrder(apply: ApplyResult): ApplyResult {
  for (const { steps } of apply.targets)
    for (const [index, { name }] of steps.entries()) {
      const previous = steps[index - 1]?.name ?? null;
      if (!mayFollow(previous, name))
        throw new Error(`${name} may not follow ${previous ?? 'the start'}:\n${tell(apply)}`);
    }
  return apply;
}

/** What an apply came to, in a few lines, for the message of a failing test. */
export function tell(apply: ApplyResult): string {
  const lines = apply.targets.flatMap((target) => [
    `${target.hostName} ${target.server}: ${target.status} ${target.failure?.message ?? ''}`,
    ...target.steps.map((step) => `  ${step.name} ${step.status} ${step.message} ${step.output}`.trimEnd()),
    ...target.probes.map((probe) => `  ${probe.phase} ${probe.kind} ${probe.status} ${probe.message}`),
  ]);
  return [`${apply.status} ${apply.failure?.message ?? ''}`, ...lines].join('\n');
}

/** What a plan found, likewise. */
export function tellPlan(plan: PlanResult): string {
  const lines = plan.targets.flatMap((target) => [
    ...target.changes.map((change) => `  ${change.action} ${change.path}`),
    ...[...target.issues, ...target.preflight.issues].map(
      (issue) => `  ${issue.severity} ${issue.code} at ${issue.path.join('.')}: ${issue.message}`,
    ),
    target.preflight.output,
  ]);
  return [plan.status, ...lines].join('\n');
}
