import { describe, expect, test } from 'vitest';
import type { ProbeKind, ProbeOutcome } from './probe-outcome';
import { type ProbeBaseline, regressions } from './probe-verdict';

const outcome = (kind: ProbeKind, status: ProbeOutcome['status'], path = '/'): ProbeOutcome => ({
  site: 'ci',
  kind,
  status,
  message: '',
  detail: { path },
  durationMs: 1,
});
const baseline = (given: Partial<ProbeBaseline>): ProbeBaseline => ({
  before: [],
  running: new Set(),
  silentUpstream: new Set(),
  ...given,
});
const running = new Set(['ci']);

describe('what was broken before is no reason to undo an apply (G7)', () => {
  test('a check that failed before may fail after', () => {
    const before = [outcome('page', 'failed')];
    expect(regressions([outcome('page', 'failed')], baseline({ before, running }))).toEqual([]);
  });

  test('a new site whose upstream was silent may have failing pages', () => {
    const after = [outcome('page', 'failed'), outcome('websocket', 'failed')];
    expect(regressions(after, baseline({ silentUpstream: new Set(['ci']) }))).toEqual([]);
  });
});

describe('what the apply broke undoes it (G3)', () => {
  test('a check that passed before and fails after', () => {
    const before = [outcome('page', 'passed'), outcome('page', 'failed', '/api')];
    const after = [outcome('page', 'failed'), outcome('page', 'failed', '/api')];
    expect(regressions(after, baseline({ before, running }))).toEqual([after[0]]);
  });

  test('a new site that does not answer although its upstream does', () => {
    const after = [outcome('page', 'failed')];
    expect(regressions(after, baseline({}))).toEqual(after);
  });

  test('redirect and certificate are the web server’s own work: a silent upstream excuses neither', () => {
    const after = [outcome('redirect', 'failed'), outcome('certificate', 'failed')];
    expect(regressions(after, baseline({ silentUpstream: new Set(['ci']) }))).toEqual(after);
  });

  test.each([
    ['trust', { trusted: true, chainLength: 3 }, { trusted: false, chainLength: 1 }, true],
    [
      'the chain of a private CA',
      { trusted: false, chainLength: 2 },
      { trusted: false, chainLength: 1 },
      true,
    ],
    ['nothing', { trusted: true, chainLength: 3 }, { trusted: true, chainLength: 1 }, false],
    ['trust that was not meant', { trusted: true, chainLength: 3 }, { trusted: false, meant: false }, false],
  ])('a certificate that loses %s', (_, was, is, undone) => {
    const look = (detail: object): ProbeOutcome => ({
      ...outcome('certificate', 'passed'),
      detail: { path: '/', meant: true, selfSigned: false, ...detail },
    });
    const after = [look(is)];
    expect(regressions(after, baseline({ before: [look(was)], running }))).toEqual(undone ? after : []);
  });

  test('skipped and passed checks never undo', () => {
    expect(regressions([outcome('page', 'skipped'), outcome('page', 'passed')], baseline({}))).toEqual([]);
  });
});
