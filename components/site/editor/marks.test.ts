import { describe, expect, it, vi } from 'vitest';
import type { Issue } from '#core/issue';
import { Marks } from './marks';

const issue = (path: Issue['path'], severity: Issue['severity'] = 'error'): Issue => ({
  code: 'test',
  severity,
  path,
  message: 'is wrong',
});

describe('Marks', () => {
  it('brings every finding to the closest field on the page, and those without one to nobody', () => {
    const marks = new Marks();
    for (const field of ['hostnames', 'hostnames.0', 'tls', 'upstreams.0.servers.0.port'])
      marks.register(field, field);
    marks.setIssues([
      issue(['hostnames', 0]),
      issue(['hostnames', 3]),
      issue(['tls', 'key']),
      issue(['upstreams', 0]),
      issue([]),
      issue(['locations', 0]),
    ]);
    expect(marks.issuesOf('hostnames.0')).toHaveLength(1);
    expect(marks.issuesOf('hostnames')).toEqual([issue(['hostnames', 3])]);
    expect(marks.issuesOf('tls')).toHaveLength(1);
    expect(marks.issuesOf('upstreams.0.servers.0.port')).toEqual([issue(['upstreams', 0])]);
    expect(marks.unplaced()).toEqual([issue([]), issue(['locations', 0])]);
  });

  it('moves findings along when a field comes or goes', () => {
    const marks = new Marks();
    marks.register('tls', 'TLS');
    marks.setIssues([issue(['tls', 'key'])]);
    const remove = marks.register('tls.key', 'Key');
    expect(marks.issuesOf('tls')).toHaveLength(0);
    expect(marks.issuesOf('tls.key')).toHaveLength(1);
    remove();
    expect(marks.issuesOf('tls')).toHaveLength(1);
  });

  it('keeps the list of a field that nothing happened to, so that it is not drawn again', () => {
    const marks = new Marks();
    marks.register('name', 'Name');
    marks.setIssues([issue(['name'])]);
    const before = marks.issuesOf('name');
    marks.setIssues([issue(['name'])]);
    expect(marks.issuesOf('name')).toBe(before);
  });

  it('tells listeners only about what changed', () => {
    const marks = new Marks();
    const listener = vi.fn();
    marks.subscribe(listener);
    marks.light('name');
    marks.light('name');
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
