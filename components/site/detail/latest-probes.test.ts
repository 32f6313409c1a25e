import { expect, it } from 'vitest';
import { latestProbes, type SiteProbe } from './latest-probes';

const probe = (change: Partial<SiteProbe>): SiteProbe => ({
  site: 'ci',
  kind: 'page',
  status: 'passed',
  message: '',
  detail: {},
  durationMs: 1,
  at: '2026-11-21T10:00:00.000Z',
  targetId: 'a',
  phase: 'after',
  ...change,
});

it('shows the newest outcome of each check on each target, never one from before an apply over one after', () => {
  const newest = probe({ at: '2026-11-21T11:00:00.000Z', status: 'failed' });
  const elsewhere = probe({ targetId: 'b' });
  const other = probe({ kind: 'websocket' });
  const before = probe({ kind: 'websocket', phase: 'before', status: 'failed' });
  expect(latestProbes([probe({}), newest, elsewhere, before, other])).toEqual([newest, elsewhere, other]);
});
