import { describe, expect, it } from 'vitest';
import { pairIssues, type SitePair } from './pair-issues';

const found = (pair: Partial<NonNullable<SitePair['pair']>>, more: Partial<SitePair> = {}): SitePair => ({
  site: 'ci',
  selfSigned: false,
  inUse: true,
  pair: {
    path: '/a.crt',
    problem: null,
    good: true,
    ends: 'Dec 31 12:00:00 2026 GMT',
    disk: 'a',
    served: 'a',
    ...pair,
  },
  ...more,
});

describe('certificates on the disk', () => {
  it('says nothing of one that is fit and served', () => {
    expect(pairIssues([found({}), found({ served: null })])).toEqual({ issues: [], chores: [] });
  });

  it('does not call good what could not be looked at', () => {
    expect(pairIssues([{ ...found({}), pair: null }]).issues).toMatchObject([
      { code: 'host.certificate-unread', severity: 'warning' },
    ]);
  });

  it('loads what was replaced on the disk, unless it is unfit', () => {
    expect(pairIssues([found({ disk: 'b' })]).chores).toMatchObject([{ kind: 'reload' }]);
    expect(pairIssues([found({ disk: 'b', problem: 'key-not-of' })]).chores).toEqual([]);
  });

  it('makes a self-signed pair again before it ends, and only where it serves', () => {
    const ending = { good: false };
    const { issues, chores } = pairIssues([found(ending, { selfSigned: true })]);
    expect(chores).toMatchObject([{ kind: 'renew', certificatePath: '/a.crt' }]);
    expect(issues[0]?.message).toContain('2026-12-31');
    expect(pairIssues([found(ending, { selfSigned: true, inUse: false })]).chores).toEqual([]);
  });

  it.each(['expired', 'key-not-of', 'lacks-names', 'not-yet-valid', 'unreadable'] as const)(
    'blocks one that is %s, but not for what was so before',
    (problem) => {
      expect(pairIssues([found({ problem }, { inUse: false })]).issues).toMatchObject([
        { severity: 'error' },
      ]);
      expect(pairIssues([found({ problem })]).issues).toMatchObject([{ severity: 'warning' }]);
    },
  );
});
