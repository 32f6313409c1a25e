import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { labAvailable, type ServerName } from '#lab/index';
import { type Company, startCompany } from '../matrix/company';
import { Stage } from '../matrix/stage';
import { moved, readTree, type Tree } from '../matrix/tree';
import { createDice } from './dice';
import { operations } from './operations';

const available = labAvailable();
/** `SOAK=500`: that many operations; `SOAK_SEED=random`: others than always, and another number repeats that run. */
const total = Number(process.env.SOAK ?? 10);
const wanted = process.env.SOAK_SEED ?? '20261130';
const seed = wanted === 'random' ? Date.now() % 1_000_000 : Number(wanted);
const kinds: readonly ServerName[] = ['nginx', 'apache', 'caddy', 'nginx', 'apache'];

interface Entry {
  readonly host: string;
  readonly operation: string;
  readonly outcome: string;
}

describe.skipIf(available !== true)(`soak${available === true ? '' : ` (${available})`}`, () => {
  let company: Company;
  const log: Entry[] = [];
  const startedAt = performance.now();

  beforeAll(async () => {
    company = await startCompany();
  });
  afterAll(async () => {
    console.log(summary());
    await company?.stop();
  });

  /** Each host has dice of its own, so that its operations are the same again whatever the others do. */
  async function soak(kind: ServerName, index: number): Promise<void> {
    const stage = await Stage.open(company.cast(kind));
    const host = `${stage.host.name} (${kind})`;
    const dice = createDice(seed + index);
    const share = Math.floor(total / kinds.length) + (index < total % kinds.length ? 1 : 0);
    let left: Tree = await readTree(stage.host);
    for (let count = 1; count <= share; count++) {
      const operation = dice.weighted(operations);
      const what = `SOAK_SEED=${seed}, ${host}, operation ${count}: ${operation.name}`;
      // Whatever the other hosts went through meanwhile: none of it happened here.
      expect(moved(left, await readTree(stage.host)), what).toEqual([]);
      try {
        const outcome = await operation.run(stage, dice);
        await stage.cleanUp();
        log.push({ host, operation: operation.name, outcome });
      } catch (error) {
        throw new Error(`${what}: ${error instanceof Error ? error.message : error}`, { cause: error });
      }
      left = await readTree(stage.host);
    }
  }

  test(
    `${total} operations in random order on ${kinds.length} hosts, seed ${seed}`,
    async () => {
      const results = await Promise.allSettled(kinds.map(soak));
      for (const result of results) if (result.status === 'rejected') throw result.reason;
      expect(log).toHaveLength(total);
    },
    Math.max(1_800_000, total * 60_000),
  );

  function summary(): string {
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const rows = operations.flatMap(({ name }) => {
      const done = log.filter(({ operation }) => operation === name);
      const outcomes = new Map<string, number>();
      for (const { outcome } of done) {
        const short = outcome.replace(/^.*: /, '').replace(/ \(.*\)$/, '');
        outcomes.set(short, (outcomes.get(short) ?? 0) + 1);
      }
      const text = [...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
      return done.length > 0 ? [`  ${String(done.length).padStart(4)} × ${name}: ${text}`] : [];
    });
    const hosts = [...new Set(log.map(({ host }) => host))].sort().join(', ');
    const head = `Soak: ${log.length} of ${total} operations in ${seconds} s, SOAK_SEED=${seed}, on ${hosts}; after each: host wholly old or new, serving it, record true`;
    return ['', head, ...rows, ''].join('\n');
  }
});
