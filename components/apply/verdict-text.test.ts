import { describe, expect, test } from 'vitest';
import type { Apply } from '#api/contract/applies';
import type { ApplyStatus, StepName, StepStatus } from '#core/change/step';
import { formatCountdown, formatDuration } from '../kit/duration';
import { pairProbes } from './probe-pairs';
import { verdictOf } from './verdict-text';

type Target = Apply['targets'][number];
const target = (steps: [StepName, StepStatus][], over: Partial<Target> = {}): Target => ({
  id: 'at1',
  targetId: 't1',
  hostId: 'h1',
  hostName: 'web1',
  server: 'nginx',
  status: 'running',
  holdUntil: null,
  failure: null,
  probes: [],
  steps: steps.map(([name, status], sequence) => ({
    sequence,
    name,
    status,
    startedAt: '2026-01-01T00:00:00.000Z',
    finishedAt: null,
    message: '',
    output: '',
  })),
  ...over,
});
const verdict = (status: ApplyStatus, targets: Target[], message?: string) =>
  verdictOf({
    status,
    targets,
    holdSeconds: 0,
    failure: message ? { code: 'x', severity: 'error', path: [], message } : null,
  });
const probe = (
  phase: 'before' | 'after',
  status: 'passed' | 'failed' | 'skipped',
  kind: 'page' | 'websocket' = 'page',
) => ({
  site: 'ci',
  kind,
  status,
  phase,
  message: '',
  detail: {},
  durationMs: 3,
});

describe('the verdict says what is true of the host', () => {
  test('rolled back: the reason, and that the host is as it was', () => {
    const message = 'nginx kept the old configuration because port 8443 is used by another process';
    expect(verdict('rolled-back', [target([['write', 'ok']])], message)).toEqual({
      tone: 'danger',
      title: 'Rolled back',
      text: `${message}. web1 is as it was.`,
    });
  });

  test('stopped before the first write is told apart from a way back that did not finish', () => {
    const stopped = verdict('failed', [target([['compare', 'failed']])], 'a file was changed by hand');
    expect(stopped.text).toBe('A file was changed by hand. Nothing was written.');
    const told = verdict('failed', [target([['compare', 'failed']])], 'It moved. Nothing was written.');
    expect(told.text).toBe('It moved. Nothing was written.');
    const stuck = verdict(
      'failed',
      [
        target([
          ['write', 'ok'],
          ['restore', 'failed'],
        ]),
      ],
      'the disk is full',
    );
    expect(stuck.text).toBe('The disk is full. The rollback did not finish: look at web1 now.');
  });

  test('success counts the probes and hides no failure', () => {
    const probed = (...statuses: ('passed' | 'failed')[]) =>
      target([], { probes: statuses.map((status) => probe('after', status)) });
    expect(verdict('succeeded', [probed('passed', 'passed')]).text).toBe(
      'The new configuration serves on web1. All 2 probes passed.',
    );
    expect(verdict('succeeded', [probed('passed', 'failed')]).text).toContain('1 of 2 probes passed');
    expect(verdict('succeeded', [target([])]).text).toBe('The new configuration serves on web1.');
  });

  test('running names the step at work', () => {
    expect(
      verdict('running', [
        target([
          ['lock', 'ok'],
          ['compare', 'running'],
        ]),
      ]).text,
    ).toBe('Compare with the review — nginx on web1.');
    expect(verdict('running', [target([])]).text).toBe('Connecting to the host.');
  });

  test('of a fleet it says which hosts serve what', () => {
    const done = target([['write', 'ok']], { hostName: 'web1', status: 'succeeded' });
    const waiting = target([], { hostName: 'web2', status: 'cancelled' });
    expect(verdict('cancelled', [done, waiting]).text).toBe(
      'web2 is as it was. The new configuration serves on web1.',
    );
    const broken = target([['lock', 'failed']], { hostName: 'web2', status: 'failed' });
    expect(verdict('failed', [done, broken], 'The disk is full.').text).toBe(
      'The disk is full. The new configuration serves on web1.',
    );
  });
});

describe('probes are compared with before', () => {
  test('only what passed before and fails now is broken', () => {
    const of = (...probes: Parameters<typeof pairProbes>[0]) =>
      pairProbes(probes).map((pair) => pair.verdict);
    expect(of(probe('before', 'passed'), probe('after', 'failed'))).toEqual(['broken']);
    expect(of(probe('before', 'failed'), probe('after', 'failed'))).toEqual(['still-failing']);
    expect(of(probe('before', 'failed'), probe('after', 'passed'))).toEqual(['fixed']);
    expect(of(probe('after', 'failed'))).toEqual(['failing']);
    expect(of(probe('before', 'passed'))).toEqual(['waiting']);
    expect(of(probe('after', 'skipped'))).toEqual(['skipped']);
    expect(of(probe('after', 'passed'), probe('after', 'passed', 'websocket'))).toEqual(['passes', 'passes']);
  });
});

test('times read as people say them', () => {
  expect([8, 1400, 12_000, 125_000, 3_720_000].map(formatDuration)).toEqual([
    '8 ms',
    '1.4 s',
    '12 s',
    '2 min 5 s',
    '1 h 2 min',
  ]);
  expect([299_001, 60_000, -5].map(formatCountdown)).toEqual(['5:00', '1:00', '0:00']);
});
