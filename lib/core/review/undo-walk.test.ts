import { expect, test } from 'vitest';
import { type ApplyQuestion, decideApply, type FreezeFacts } from './decide-apply';
import type { ApplyTerms, Move, PastApply } from './undo-exemption';

const sequences = Number(process.env.UNDO_WALKS ?? 4000);
const stepsEach = 24;
const hour = 3_600_000;

/** A small generator whose sequences are the same at every run. */
function seeded(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Logged {
  readonly at: number;
  readonly move: Move;
  readonly terms: ApplyTerms;
  readonly restores: boolean;
}

/** One site on one target: what people do to it, and what is known of it without asking the decision. */
class World {
  now = Date.parse('2026-11-21T00:00:00.000Z');
  /** What each revision says; its number is its place, from 1. */
  texts: number[] = [];
  running: number | null = null;
  asked = 0;
  freezes: (FreezeFacts & { declaredAt: number })[] = [];
  applied: Logged[] = [];
  /** Texts that were taken back without approval, and must not return without it. */
  withdrawn = new Set<number>();
  freezeIds = 0;
  readonly counts = { applies: 0, exempt: 0, refused: 0, rolledBack: 0, throughFreeze: 0 };

  text = (revision: number | null) => (revision === null ? 0 : (this.texts[revision - 1] ?? 0));

  question(move: Move, approvals: number, override: string | null): ApplyQuestion {
    const past = this.applied
      .map(
        ({ at, move: made, terms, restores }): PastApply => ({
          finishedAt: new Date(at).toISOString(),
          moves: [made],
          terms,
          restores,
        }),
      )
      .reverse();
    const reviewer = (_: unknown, index: number) => ({
      userId: `r${index}`,
      name: `r${index}`,
      verdict: 'approved' as const,
      planHash: 'h',
      role: 'editor' as const,
    });
    return {
      now: new Date(this.now).toISOString(),
      applier: { id: 'root', role: 'admin' },
      plan: { hash: 'h', current: true, authorIds: ['ada'], targets: [{ moves: [move], past }] },
      reviews: Array.from({ length: approvals }, reviewer),
      teamApprovalsNeeded: this.asked,
      groups: [],
      freezes: this.freezes,
      override,
    };
  }

  /** Tries to apply; what the decision lets through is held against the log. */
  apply(to: number | null, approvals: number, override: string | null, ends: boolean): void {
    const move = { siteId: 's', from: this.running, to };
    const { missing, terms } = decideApply(this.question(move, approvals, override));
    if (missing.length > 0) {
      this.counts.refused += 1;
      return;
    }
    this.counts.applies += 1;
    const newest = this.applied.at(-1);
    const active = this.freezes.filter(
      ({ startsAt, endsAt }) => Date.parse(startsAt) <= this.now && this.now < Date.parse(endsAt),
    );
    if (approvals < this.asked) {
      this.counts.exempt += 1;
      expect(newest, 'an exemption needs something to undo').toBeDefined();
      if (!newest) return;
      expect(newest.move.from, 'exactly one step back').toBe(to);
      expect(newest.terms.approvals, 'from what was approved').toBeGreaterThanOrEqual(newest.terms.asked);
      expect(newest.move.to ?? 0, 'from what went forward').toBeGreaterThan(newest.move.from ?? 0);
      expect(newest.terms.asked, 'under no policy that was raised since').toBeGreaterThanOrEqual(this.asked);
      expect(this.now - newest.at, 'within a day').toBeLessThanOrEqual(24 * hour);
      const brought = this.applied
        .slice(0, -1)
        .some((each) => each.move.to === to && each.terms.approvals >= this.asked);
      expect(to === null || brought, 'to what was applied with as many approvals as are asked for').toBe(
        true,
      );
      expect(this.withdrawn, 'what was withdrawn returns by approval only').not.toContain(this.text(to));
    }
    if (active.length > 0 && override === null) {
      this.counts.throughFreeze += 1;
      for (const { declaredAt } of active)
        expect(declaredAt, 'through no freeze of later').toBeLessThanOrEqual(newest?.at ?? 0);
    }
    if (!ends) {
      this.counts.rolledBack += 1;
      return;
    }
    if (approvals < this.asked) this.withdrawn.add(this.text(this.running));
    else this.withdrawn.delete(this.text(to));
    const restores =
      this.running !== null &&
      to !== null &&
      this.texts.slice(0, this.running - 1).includes(this.text(to)) &&
      to !== this.running;
    this.applied.push({ at: this.now, move, terms, restores });
    this.running = to;
  }
}

function walk(seed: number): World {
  const any = seeded(seed);
  const world = new World();
  for (let step = 0; step < stepsEach; step += 1) {
    world.now += [1, 5, 30][any(3)] === 30 ? 30 * hour : (1 + any(5)) * 60_000;
    switch (any(9)) {
      case 0: // Somebody saves: something new, or what an earlier revision said.
        world.texts.push(
          any(4) === 0 && world.texts.length > 0 ? (world.texts[any(world.texts.length)] ?? 1) : 1000 + step,
        );
        break;
      case 1:
      case 2: // The newest revision, approved as asked or not.
        world.texts.push(1000 + step);
        world.apply(
          world.texts.length,
          any(4) === 0 ? 0 : world.asked,
          any(6) === 0 ? 'urgent' : null,
          any(5) > 0,
        );
        break;
      case 3:
      case 4: // One step back, approved by nobody.
        world.apply(world.applied.at(-1)?.move.from ?? null, 0, null, any(5) > 0);
        break;
      case 5: // Any revision at all.
        if (world.texts.length > 0)
          world.apply(1 + any(world.texts.length), any(3), any(6) === 0 ? 'urgent' : null, any(5) > 0);
        break;
      case 6:
        world.asked = any(3);
        break;
      case 7: {
        const startsAt = new Date(world.now + (any(3) - 1) * hour).toISOString();
        const endsAt = new Date(world.now + 3 * hour).toISOString();
        world.freezeIds += 1;
        world.freezes.push({
          id: `f${world.freezeIds}`,
          group: null,
          startsAt,
          endsAt,
          reason: 'x',
          declaredAt: world.now,
        });
        break;
      }
      default:
        world.freezes.pop();
    }
  }
  return world;
}

test('class "exemption by shape": no sequence of applies, undos, freezes and policies gets past approval', () => {
  const total = { applies: 0, exempt: 0, refused: 0, rolledBack: 0, throughFreeze: 0 };
  for (let seed = 1; seed <= sequences; seed += 1) {
    const { counts } = walk(seed);
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
  }
  console.log(`${sequences} sequences of ${stepsEach} steps:`, JSON.stringify(total));
  // The walk must reach what it holds.
  expect(total.exempt).toBeGreaterThan(sequences / 20);
  expect(total.throughFreeze).toBeGreaterThan(sequences / 100);
  expect(total.rolledBack).toBeGreaterThan(sequences / 10);
});
