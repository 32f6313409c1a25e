import { describe, expect, it } from 'vitest';
import {
  brokenBaselineDecision,
  brokenBaselineIssues,
  pendingDecision,
  pendingEdits,
  pendingIssues,
} from './pending-edits';

const path = '/etc/nginx/conf.d/theirs.conf';
const given = {
  generation: '10:500:900',
  loadedSecondsAgo: 100,
  sources: { [path]: 'aaa', '/etc/nginx/nginx.conf': 'bbb' },
  ages: new Map([
    [path, 5000],
    ['/etc/nginx/nginx.conf', 5000],
  ]),
  earlier: null,
  known: new Set<string>(),
};
const sources = { [path]: 'aaa', '/etc/nginx/nginx.conf': 'bbb' };

describe('edits of others that are not loaded', () => {
  it.each([
    ['nothing later than the processes', given, []],
    ['a file that changed after they began', { ...given, ages: new Map([[path, 50]]) }, ['changed']],
    ['one that changed right at their start', { ...given, ages: new Map([[path, 99]]) }, []],
    ['a server that is stopped', { ...given, generation: null, ages: new Map([[path, 1]]) }, []],
    [
      'another text with its old time',
      { ...given, earlier: { generation: given.generation, sources: { ...sources, [path]: 'old' } } },
      ['changed'],
    ],
    [
      'its old text with another time',
      { ...given, ages: new Map([[path, 50]]), earlier: { generation: given.generation, sources } },
      [],
    ],
    [
      'a file that was moved in',
      { ...given, earlier: { generation: given.generation, sources: { '/etc/nginx/nginx.conf': 'bbb' } } },
      ['added'],
    ],
    [
      'a link that was taken away',
      {
        ...given,
        earlier: { generation: given.generation, sources: { ...sources, '/etc/nginx/sites-enabled/x': 'c' } },
      },
      ['removed'],
    ],
    [
      'a file that was written right at their start and is gone, or another one with its old time',
      {
        ...given,
        earlier: {
          generation: given.generation,
          sources: { ...sources, [path]: '', '/etc/nginx/x.conf': '' },
        },
      },
      [],
    ],
    ['a record of earlier processes', { ...given, earlier: { generation: '10:500:700', sources: {} } }, []],
    ['what the plan shows itself', { ...given, ages: new Map([[path, 50]]), known: new Set([path]) }, []],
  ] as const)('%s', (_, input, expected) => {
    expect(pendingEdits(input).map(({ what }) => what)).toEqual(expected);
  });

  it('block until a person lets exactly these through', () => {
    const edits = pendingEdits({ ...given, ages: new Map([[path, 50]]) });
    const id = pendingDecision(edits);
    expect(pendingIssues(edits, 'nginx', [])).toMatchObject([{ severity: 'error', decision: id }]);
    const accepted = [{ id, reason: 'ours too' }];
    const [issue] = pendingIssues(edits, 'nginx', accepted);
    expect(issue).toMatchObject({ severity: 'warning' });
    expect(issue?.message).toContain('Let through: ours too');
    const more = edits.map((edit) => ({ ...edit, digest: 'another' }));
    expect(pendingIssues(more, 'nginx', accepted)).toMatchObject([{ severity: 'error' }]);
  });

  it('a baseline that fails its own test is one more decision, where this plan passes', () => {
    const accepted = [{ id: brokenBaselineDecision, reason: 'known' }];
    expect(brokenBaselineIssues({ baseline: 'failed', status: 'passed' }, 'x', [])).toMatchObject([
      { severity: 'error', decision: brokenBaselineDecision },
    ]);
    expect(brokenBaselineIssues({ baseline: 'failed', status: 'passed' }, 'x', accepted)).toMatchObject([
      { severity: 'warning' },
    ]);
    expect(brokenBaselineIssues({ baseline: 'passed', status: 'passed' }, '', [])).toEqual([]);
    expect(brokenBaselineIssues({ baseline: 'failed', status: 'failed' }, '', [])).toEqual([]);
  });
});
