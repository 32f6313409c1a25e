import { describe, expect, test } from 'vitest';
import type { Role } from '../access/roles';
import { type ApplyQuestion, decideApply, type ReviewFacts } from './decide-apply';

const now = '2026-11-21T12:00:00.000Z';
const question = (more: Partial<ApplyQuestion> = {}): ApplyQuestion => ({
  now,
  applier: { id: 'olga', role: 'operator' },
  plan: { hash: 'h', current: true, authorIds: ['ada'], targets: [] },
  reviews: [],
  teamApprovalsNeeded: 0,
  groups: [],
  freezes: [],
  override: null,
  ...more,
});
const review = (userId: string, more: Partial<ReviewFacts> = {}): ReviewFacts => ({
  userId,
  name: userId,
  verdict: 'approved',
  planHash: 'h',
  role: 'editor',
  ...more,
});
const group = (more: Partial<ApplyQuestion['groups'][number]> = {}) => ({
  id: 'g',
  name: 'production',
  approvalsNeeded: 0,
  restricted: false,
  operatorIds: [],
  ...more,
});
const freeze = (more: Partial<ApplyQuestion['freezes'][number]> = {}) => ({
  id: 'f',
  group: null,
  startsAt: '2026-11-21T10:00:00.000Z',
  endsAt: '2026-11-21T14:00:00.000Z',
  reason: 'release week',
  ...more,
});
const codes = (more: Partial<ApplyQuestion>) => decideApply(question(more)).missing.map(({ code }) => code);
const plan = question().plan;

describe('four eyes', () => {
  test.each<[string, Partial<ApplyQuestion>, string[]]>([
    ['no policy: nothing is asked for', {}, []],
    ['one is needed, none is there', { teamApprovalsNeeded: 1 }, ['review.approvals']],
    ['one is needed, one is there', { teamApprovalsNeeded: 1, reviews: [review('bob')] }, []],
    [
      'two are needed, one is there',
      { teamApprovalsNeeded: 2, reviews: [review('bob')] },
      ['review.approvals'],
    ],
    ['two are needed, two are there', { teamApprovalsNeeded: 2, reviews: [review('bob'), review('cy')] }, []],
    [
      'the author’s own does not count',
      { teamApprovalsNeeded: 1, reviews: [review('ada')] },
      ['review.approvals'],
    ],
    [
      'that of who applies does not count',
      { teamApprovalsNeeded: 1, reviews: [review('olga')] },
      ['review.approvals'],
    ],
    [
      'beside another one who applies may have approved',
      { teamApprovalsNeeded: 1, reviews: [review('olga'), review('bob')] },
      [],
    ],
    [
      'the author may apply what another approved',
      { teamApprovalsNeeded: 1, applier: { id: 'ada', role: 'operator' }, reviews: [review('bob')] },
      [],
    ],
    [
      'of another hash it does not count',
      { teamApprovalsNeeded: 1, reviews: [review('bob', { planHash: 'other' })] },
      ['review.approvals'],
    ],
    [
      'of a plan that something overtook it does not count',
      { teamApprovalsNeeded: 1, reviews: [review('bob')], plan: { ...plan, current: false } },
      ['review.approvals'],
    ],
    [
      'of a former member it does not count',
      { teamApprovalsNeeded: 1, reviews: [review('bob', { role: null })] },
      ['review.approvals'],
    ],
    [
      'of somebody who is a viewer by now it does not count',
      { teamApprovalsNeeded: 1, reviews: [review('bob', { role: 'viewer' })] },
      ['review.approvals'],
    ],
    [
      'a group asks for more than the team',
      { teamApprovalsNeeded: 1, groups: [group({ approvalsNeeded: 2 })], reviews: [review('bob')] },
      ['review.approvals'],
    ],
    [
      'a group asks for less: the team’s rule stays',
      { teamApprovalsNeeded: 1, groups: [group()] },
      ['review.approvals'],
    ],
    [
      'the strictest of several groups holds',
      { groups: [group(), group({ id: 'g2', approvalsNeeded: 1 })] },
      ['review.approvals'],
    ],
    [
      'a request for changes is in the way',
      { teamApprovalsNeeded: 1, reviews: [review('bob'), review('cy', { verdict: 'changes-requested' })] },
      ['review.changes-requested'],
    ],
    [
      'a request for changes to another hash does not',
      {
        teamApprovalsNeeded: 1,
        reviews: [review('bob'), review('cy', { verdict: 'changes-requested', planHash: 'old' })],
      },
      [],
    ],
    [
      'an author may ask for changes to their own',
      { teamApprovalsNeeded: 1, reviews: [review('bob'), review('ada', { verdict: 'changes-requested' })] },
      ['review.changes-requested'],
    ],
    [
      'where nobody has to approve it is advice',
      { reviews: [review('cy', { verdict: 'changes-requested' })] },
      [],
    ],
    [
      'even an admin needs approvals',
      { teamApprovalsNeeded: 1, applier: { id: 'root', role: 'admin' } },
      ['review.approvals'],
    ],
    [
      'an override is for freezes, not for approvals',
      { teamApprovalsNeeded: 1, applier: { id: 'root', role: 'admin' }, override: 'urgent' },
      ['review.approvals'],
    ],
  ])('%s', (_, more, missing) => expect(codes(more)).toEqual(missing));

  test('names why each review does not count', () => {
    const reviews = [
      review('bob'),
      review('ada'),
      review('olga'),
      review('cy', { planHash: 'x' }),
      review('dee', { role: null }),
    ];
    expect(decideApply(question({ reviews })).counted).toEqual({
      bob: null,
      ada: 'author',
      olga: 'applier',
      cy: 'outdated',
      dee: 'no-reviewer',
    });
  });
});

describe('host groups', () => {
  const restricted = group({ restricted: true, operatorIds: ['olga'] });
  test.each<[string, Role, string, string[]]>([
    ['its operator may', 'operator', 'olga', []],
    ['another operator may not', 'operator', 'otto', ['policy.restricted']],
    ['an admin may', 'admin', 'root', []],
  ])('%s', (_, role, id, missing) =>
    expect(codes({ applier: { id, role }, groups: [restricted] })).toEqual(missing),
  );

  test('each of several must let them in', () => {
    expect(codes({ groups: [restricted, group({ id: 'g2', restricted: true })] })).toEqual([
      'policy.restricted',
    ]);
  });
  test('a list of operators says nothing where the group is open', () => {
    expect(
      codes({ applier: { id: 'otto', role: 'operator' }, groups: [group({ operatorIds: ['olga'] })] }),
    ).toEqual([]);
  });
});

describe('freezes', () => {
  const admin = { id: 'root', role: 'admin' } as const;
  test.each<[string, Partial<ApplyQuestion>, string[]]>([
    ['refused', { freezes: [freeze()] }, ['policy.frozen']],
    ['for an admin too, without a reason', { freezes: [freeze()], applier: admin }, ['policy.frozen']],
    ['a blank reason is none', { freezes: [freeze()], applier: admin, override: '  ' }, ['policy.frozen']],
    ['an admin with a reason may', { freezes: [freeze()], applier: admin, override: 'the site is down' }, []],
    [
      'nobody else may, whatever the reason',
      { freezes: [freeze()], override: 'the site is down' },
      ['policy.frozen'],
    ],
    ['not yet begun', { freezes: [freeze({ startsAt: '2026-11-21T12:00:00.001Z' })] }, []],
    ['begins now', { freezes: [freeze({ startsAt: now })] }, ['policy.frozen']],
    ['ends now', { freezes: [freeze({ endsAt: now })] }, []],
    [
      'two at once',
      { freezes: [freeze(), freeze({ group: 'production' })] },
      ['policy.frozen', 'policy.frozen'],
    ],
  ])('%s', (_, more, missing) => expect(codes(more)).toEqual(missing));

  test('an override is offered to an admin whom nothing else stops', () => {
    const asked = (more: Partial<ApplyQuestion>) =>
      decideApply(question({ freezes: [freeze()], applier: admin, ...more })).mayOverride;
    expect(asked({})).toBe(true);
    expect(asked({ teamApprovalsNeeded: 1 })).toBe(false);
    expect(asked({ freezes: [] })).toBe(false);
    expect(asked({ applier: { id: 'olga', role: 'operator' } })).toBe(false);
  });
});

describe('undoing the newest apply', () => {
  const terms = { exempt: false, asked: 1, approvals: 1, freezes: ['f'] };
  const past = (from: number | null, to: number, more: object = {}) => ({
    finishedAt: '2026-11-21T11:00:00.000Z',
    moves: [{ siteId: 's', from, to }],
    terms,
    restores: false,
    ...more,
  });
  const first = past(null, 1);
  const back = [{ siteId: 's', from: 2, to: 1 }];
  const undo = (more: object = {}, moves: readonly object[] = back, before = first) =>
    ({ plan: { ...plan, targets: [{ moves, past: [past(1, 2, more), before] }] } }) as Partial<ApplyQuestion>;
  const notes = (more: Partial<ApplyQuestion>) => decideApply(question(more)).notes.map(({ code }) => code);
  const both = ['review.approvals', 'policy.frozen'];

  test.each<[string, Partial<ApplyQuestion>, string[], string]>([
    ['one step back from what went forward', undo(), [], 'policy.undo'],
    [
      'of an apply that an exemption let through',
      undo({ terms: { ...terms, exempt: true } }),
      both,
      'undo.of-undo',
    ],
    [
      'of an apply that went back under approval',
      {
        plan: {
          ...plan,
          targets: [{ moves: [{ siteId: 's', from: 1, to: 2 }], past: [past(2, 1), past(1, 2), first] }],
        },
      },
      both,
      'undo.of-undo',
    ],
    ['of a return under a new number', undo({ restores: true }), both, 'undo.of-undo'],
    ['of an apply of which nothing is known', undo({ terms: null }), both, 'undo.of-undo'],
    ['a day later', undo({ finishedAt: '2026-11-20T11:59:59.999Z' }), both, 'undo.late'],
    [
      'to what nobody had approved',
      undo({}, back, past(null, 1, { terms: { ...terms, approvals: 0 } })),
      both,
      'undo.unapproved',
    ],
    [
      'to what an exemption had brought',
      undo({}, back, past(null, 1, { terms: { ...terms, exempt: true } })),
      both,
      'undo.unapproved',
    ],
    [
      'to what was there before anything was recorded',
      undo({}, back, past(null, 3)),
      both,
      'undo.unapproved',
    ],
    [
      'under a policy that was raised since',
      undo({ terms: { ...terms, asked: 0 } }),
      both,
      'undo.policy-raised',
    ],
    [
      'through a freeze of later',
      undo({ terms: { ...terms, freezes: [] } }),
      ['policy.frozen'],
      'policy.undo',
    ],
  ])('%s', (_, more, missing, note) => {
    const asked = { ...more, teamApprovalsNeeded: 1, freezes: [freeze()] };
    expect(codes(asked)).toEqual(missing);
    expect(notes(asked)).toContain(note);
  });

  test('two steps at once, another site or nothing at all is a change like any other', () => {
    for (const moves of [
      [{ siteId: 's', from: 2, to: null }],
      [{ siteId: 's', from: 2, to: 2 }],
      [...back, { siteId: 't', from: 2, to: 1 }],
    ]) {
      const asked = { ...undo({}, moves), teamApprovalsNeeded: 1 };
      expect(codes(asked)).toEqual(['review.approvals']);
      expect(notes(asked)).toEqual([]);
    }
  });

  test('is not for everybody: restricted groups hold', () => {
    expect(codes({ ...undo(), groups: [group({ restricted: true })] })).toEqual(['policy.restricted']);
  });

  test('says nothing where no policy asks for anything', () => {
    expect(notes(undo())).toEqual([]);
    expect(notes(undo({ terms: null }))).toEqual([]);
  });

  test('what it was let through under is kept: an exemption is told from an approval', () => {
    const exempt = (more: Partial<ApplyQuestion>) => decideApply(question(more)).terms;
    expect(exempt({ ...undo(), teamApprovalsNeeded: 1, freezes: [freeze()] })).toEqual({
      exempt: true,
      asked: 1,
      approvals: 0,
      freezes: ['f'],
    });
    expect(exempt({ teamApprovalsNeeded: 1, reviews: [review('bob')] })).toMatchObject({
      exempt: false,
      approvals: 1,
    });
  });
});
