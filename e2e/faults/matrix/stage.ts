import { expect } from 'vitest';
import { contract } from '#api/contract/index';
import type { ApplyStatus, StepName } from '#core/change/step';
import type { SiteInput } from '#core/site/schema';
import type { Host, Lab, ServerName, SshKey } from '#lab/index';
import { labFile } from '#lab/lab-file';
import { startProgram } from '#lab/program';
import { startRecovery } from '#server/changes/applies/apply-jobs';
import { readState, recoverOnHost } from '#server/hosts/helper/host';
import { openHost } from '#server/hosts/open-host';
import { db } from '#server/platform/database/db';
import { addMember, type TestServer } from '#server/testing/test-server';
import {
  type ApplyResult,
  type Dashboard,
  ended,
  openDashboard,
  type PlanResult,
  siteDocument,
  team,
  tell,
  tellPlan,
} from '../../apply/dashboard';
import { applyInChild, type ChildOptions, type DashboardChild } from '../../apply/dashboard-child';
import { FaultPoints } from './fault-points';
import { moved, readTree, type Tree, unlikePlan } from './tree';

/** What all stages of a web server share. */
export interface Cast {
  readonly lab: Lab;
  readonly server: TestServer;
  readonly key: SshKey;
  readonly webServer: ServerName;
  /** Texts that nobody may ever find anywhere but where they belong. */
  readonly secrets: string[];
}

/** An edit that is planned, and how the host looked before. */
export interface Edit {
  readonly plan: PlanResult;
  /** Present in every answer of the site once the edit serves. */
  readonly marker: string;
  /** Whether the second site runs once the edit serves. */
  readonly extra: boolean;
  before: Tree;
}

export interface EditOptions {
  /** Changes the document of the site further. */
  readonly edit?: (document: SiteInput) => void;
  /** Leaves the second site out of it. Otherwise each edit puts it up or takes it down, so that several files change together. */
  readonly alone?: boolean;
  /** What may become of the plan; `ready` unless told. */
  readonly status?: readonly PlanResult['status'][];
}

const hostnames = { ci: 'ci.example.com', extra: 'extra.example.com' };
const header = 'X-Fault-Marker';
const patienceMs = 300_000;
let count = 0;

/** A host with one web server, two sites of ours on it, and a dashboard that drives it. */
export class Stage {
  readonly points: FaultPoints;
  #running = '';
  #extraRuns = false;
  #undo: (() => Promise<unknown>)[] = [];

  private constructor(
    private readonly cast: Cast,
    readonly host: Host,
    readonly hostId: string,
    readonly targetId: string,
    /** A person of its own for each case: people may do only so much a minute. */
    public dashboard: Dashboard,
    readonly siteId: string,
    private readonly extraId: string,
  ) {
    this.points = new FaultPoints(host);
  }

  static async open(cast: Cast): Promise<Stage> {
    count += 1;
    const name = `web${count}`;
    const servers = [cast.webServer];
    const host = await cast.lab.host({ name, servers, authorizedKeys: [cast.key.publicKey] });
    const argv = [process.execPath, labFile('../faults/matrix/upstream.mjs')];
    await startProgram({ host, argv, ready: /^listening$/ });
    await new FaultPoints(host).install();
    const dashboard = await newPerson(cast);
    const targetId = (await dashboard.enrol(host, cast.key))[cast.webServer] ?? '';
    const { hostId } = await db().target.findUniqueOrThrow({ where: { id: targetId } });
    const site = (kind: keyof typeof hostnames) =>
      dashboard.createSite(documentOf(`${kind}-${name}`, hostnames[kind], ''), [targetId]);
    const [siteId, extraId] = [await site('ci'), await site('extra')];
    const stage = new Stage(cast, host, hostId, targetId, dashboard, siteId, extraId);
    const first = await stage.edit();
    await stage.expectTruth(first, await stage.dashboard.apply(first.plan), ['succeeded']);
    return stage;
  }

  get webServer(): ServerName {
    return this.cast.webServer;
  }

  /** Something to be put right again before the next case, last one first. */
  undoLater(undo: () => Promise<unknown>): void {
    this.#undo.push(undo);
  }

  async cleanUp(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo();
    // What the case itself put right must not be lost in the next one's power cut.
    await this.host.sync();
    await this.points.clear();
  }

  stop(): Promise<void> {
    return this.host.stop();
  }

  /** Saves an edit that can be told from outside, and plans it. */
  async edit({ edit, alone = false, status = ['ready'] }: EditOptions = {}): Promise<Edit> {
    this.dashboard = await newPerson(this.cast);
    count += 1;
    const marker = `m${count}`;
    const extra = alone ? this.#extraRuns : !this.#extraRuns;
    const name = `ci-${this.host.name}`;
    await this.dashboard.editSite(this.siteId, (document) => {
      for (const field of Object.keys(document)) Reflect.deleteProperty(document, field);
      Object.assign(document, documentOf(name, hostnames.ci, marker));
      edit?.(document);
    });
    if (!alone) {
      const change = (document: SiteInput) => {
        document.description = marker;
      };
      await this.dashboard.editSite(this.extraId, change, extra ? [this.targetId] : []);
    }
    const plan = await this.dashboard.plan(alone ? [this.siteId] : [this.siteId, this.extraId]);
    expect(status, tellPlan(plan)).toContain(plan.status);
    return { plan, marker, extra, before: await readTree(this.host) };
  }

  /** Applies the edit if its plan allows that. */
  async apply({ plan }: Edit): Promise<ApplyResult | null> {
    return plan.status === 'ready' ? this.dashboard.apply(plan) : null;
  }

  /** Applies the edit and strikes while the host is at that step; resolves to what it came to. */
  async applyAndStrike(
    edit: Edit,
    step: StepName,
    strike: () => Promise<unknown>,
    point = 1,
  ): Promise<ApplyResult> {
    const onHost = step !== 'probe';
    if (onHost) await this.points.set(step, point, 'pause');
    const { id } = await this.dashboard.start(edit.plan);
    const over = this.ended(id);
    if (onHost) await Promise.race([this.points.reached(), over]);
    else await this.onRecord(id, step);
    await strike();
    if (onHost && this.host.running) await this.points.release();
    return over;
  }

  async ended(applyId: string): Promise<ApplyResult> {
    return this.dashboard.until(applyId, ended, patienceMs);
  }

  /** Applies the edit and leaves it on trial. */
  async hold({ plan }: Edit, holdSeconds = 300): Promise<string> {
    const { id } = await this.dashboard.start(plan, holdSeconds);
    await this.dashboard.until(id, (apply) => apply.status === 'holding' || ended(apply), patienceMs);
    return id;
  }

  confirm = (id: string) => this.dashboard.client.call(contract.applies.confirm, { params: { team, id } });
  rollBack = (id: string) => this.dashboard.client.call(contract.applies.rollback, { params: { team, id } });

  /** What the next start of the dashboard does about an apply that was left open. */
  async recover(applyId: string): Promise<ApplyResult> {
    startRecovery(applyId, [this.hostId]);
    return this.ended(applyId);
  }

  /** A program of this machine listens on a port of the host from now on, accepts, and never says a word. */
  async listen(port: number): Promise<void> {
    const script = `require('node:net').createServer(() => {}).listen(${port}, '0.0.0.0', () => console.log('ready'))`;
    const child = this.host.spawn([process.execPath, '-e', script]);
    this.undoLater(async () => child.kill('SIGKILL'));
    await new Promise((resolve, reject) => {
      child.stdout?.once('data', resolve);
      child.once('close', () => reject(new Error(`port ${port} could not be taken`)));
    });
  }

  /** Has a dashboard process of its own apply the edit. */
  applyInChild({ plan }: Edit, options: ChildOptions = {}): Promise<DashboardChild> {
    return applyInChild(this.dashboard, plan, options);
  }

  /** Resolves as soon as the step is on record. */
  async onRecord(applyId: string, step: string): Promise<void> {
    const where = { name: step, applyTarget: { applyId } };
    while (!(await db().applyStep.findFirst({ where }))) {
      const { status } = await db().apply.findUniqueOrThrow({ where: { id: applyId } });
      if (!['queued', 'running', 'holding', 'interrupted'].includes(status)) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** The host as it is now, or only that file on it, is the old state. For a fault that itself changes files. */
  async remember(edit: Edit, path?: string): Promise<void> {
    const now = await readTree(this.host);
    edit.before = path === undefined ? now : new Map([...edit.before, [path, now.get(path) ?? 'absent']]);
  }

  /**
   * The check after every fault: the host is wholly old or wholly new and nothing else on it has changed, it serves that state, and
   * the dashboard says so. `null`: the plan was not even ready to be applied.
   */
  async expectTruth(
    edit: Edit,
    apply: ApplyResult | null,
    allowed: readonly ApplyStatus[] = ['succeeded', 'failed', 'rolled-back'],
  ): Promise<string> {
    const what = apply ? tell(apply) : tellPlan(edit.plan);
    const isNew = apply?.status === 'succeeded';
    if (apply) {
      expect(allowed, what).toContain(apply.status);
      const steps = apply.targets.flatMap((target) => target.steps);
      expect(
        steps.some(({ status }) => status === 'running'),
        what,
      ).toBe(false);
      if (!isNew) expect(apply.failure?.message, what).toBeTruthy();
    }
    await this.#expectTree(edit, isNew, what);
    if (isNew) {
      this.#running = edit.marker;
      this.#extraRuns = edit.extra;
    }
    await this.#expectServing(what);
    await this.#expectRecord(isNew, what);
    await this.#expectSecrecy(edit, apply);
    if (!apply) return `plan ${edit.plan.status}`;
    return apply.failure ? `${apply.status} (${apply.failure.code.replace('apply.', '')})` : apply.status;
  }

  async #expectTree(edit: Edit, isNew: boolean, what: string): Promise<void> {
    const changes = edit.plan.targets.flatMap((target) => target.changes);
    const certificates = edit.plan.targets.flatMap((target) =>
      target.certificates.flatMap((each) => [each.certificatePath, each.keyPath]),
    );
    const wrong = async () => {
      const tree = await readTree(this.host);
      return isNew ? unlikePlan(edit.before, tree, changes, certificates) : moved(edit.before, tree);
    };
    let found = await wrong();
    // A watchdog that has just seen the end is allowed a moment; after that it is the next one's turn.
    for (let look = 0; found.length > 0 && look < 60; look++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (look === 20) await this.#contact((transport) => recoverOnHost(transport));
      found = await wrong();
    }
    expect(found, `the host is not ${isNew ? 'new' : 'old'}\n${what}`).toEqual([]);
  }

  async #contact<Answer>(ask: (transport: Awaited<ReturnType<typeof openHost>>) => Promise<Answer>) {
    const transport = await openHost(this.hostId);
    try {
      return await ask(transport);
    } finally {
      await transport.close();
    }
  }

  async #expectServing(what: string): Promise<void> {
    const wanted = `200 ${this.#running}\n${this.#extraRuns ? '200 extra' : 'none'}`;
    let found = await this.#served();
    for (let look = 0; found !== wanted && look < 40; look++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      found = await this.#served();
    }
    expect(found, what).toBe(wanted);
  }

  /** What a visitor of both sites gets. */
  async #served(): Promise<string> {
    const script = `for name; do curl -sk -m 5 -o /dev/null -w '%{http_code} %header{${header}}\\n' --resolve "$name:443:127.0.0.1" "https://$name/"; done`;
    const names = [hostnames.ci, hostnames.extra];
    const { stdout } = await this.host.exec(['sh', '-c', script, 'sh', ...names], { check: false });
    const [ci = '', extra = ''] = stdout.split('\n');
    return `${ci}\n${extra === '200 extra' ? extra : 'none'}`;
  }

  async #expectRecord(isNew: boolean, what: string): Promise<void> {
    const { targets } = await this.dashboard.client.call(contract.sites.get, {
      params: { team, id: this.siteId },
    });
    expect(targets[0]?.sync === 'in-sync', what).toBe(isNew);
    const open = await this.#contact(async (transport) => {
      // What nothing guards any longer waits for the next contact, which is this.
      await recoverOnHost(transport);
      const { journals } = await readState(transport, {
        servers: [],
        paths: [],
        exists: [],
        contents: false,
      });
      return journals.filter(({ state }) => !['confirmed', 'rolled-back'].includes(state));
    });
    expect(open, what).toEqual([]);
  }

  /** G10: nothing that was kept of it holds a secret. */
  async #expectSecrecy({ plan }: Edit, apply: ApplyResult | null): Promise<void> {
    const told = JSON.stringify([plan, apply]);
    for (const secret of [...this.cast.secrets, 'PRIVATE KEY']) expect(told.includes(secret)).toBe(false);
    const kept = await this.host.exec("grep -rl 'PRIVATE KEY' /var/lib/gatehouse /run /tmp", {
      check: false,
    });
    expect(kept.stdout).toBe('');
  }
}

async function newPerson(cast: Cast): Promise<Dashboard> {
  count += 1;
  const { token } = await addMember(team, 'admin', `person${count}@lab.test`);
  cast.secrets.push(token);
  return openDashboard(cast.server, token);
}

const documentOf = (name: string, hostname: string, marker: string): SiteInput =>
  siteDocument({
    name,
    hostnames: [hostname],
    responseHeaders: [{ op: 'set', name: header, value: marker || 'extra' }],
  });
