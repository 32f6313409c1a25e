import { describe, expect, it } from 'vitest';
import { ranDecision, ranIssues } from './ran-issues';

const apart = {
  state: 'apart' as const,
  reason: null,
  admin: 'localhost:2019',
  sha256: 'a'.repeat(64),
  lost: ['jenkins.example.com'],
};
const unknown = (reason: string | null) => ({ ...apart, state: 'unknown' as const, sha256: null, reason });

describe('what a plan says of a Caddy that runs something else', () => {
  it('names what the next load would take away, and blocks until a person lets it go', () => {
    const [issue] = ranIssues(apart, []);
    expect(issue).toMatchObject({ severity: 'error', decision: ranDecision(apart) });
    expect(issue?.message).toContain('jenkins.example.com');
    const accepted = [{ id: ranDecision(apart) ?? '', reason: 'replaced by us' }];
    expect(ranIssues(apart, accepted)).toMatchObject([{ severity: 'warning' }]);
    expect(ranIssues({ ...apart, sha256: 'b'.repeat(64) }, accepted)).toMatchObject([{ severity: 'error' }]);
  });

  it('is silent about what is the same, and about servers that have no such thing', () => {
    expect(ranIssues({ ...apart, state: 'same' }, [])).toEqual([]);
    expect(ranIssues(null, [])).toEqual([]);
  });

  it.each([
    ['admin-silent', 'error'],
    ['admin-odd', 'error'],
    ['no-client', 'warning'],
  ])('could not ask: %s is an %s with its fix', (reason, severity) => {
    const [issue] = ranIssues(unknown(reason), []);
    expect(issue).toMatchObject({ severity });
    expect(issue?.hint).toBeTruthy();
    expect(issue?.decision).toBeUndefined();
  });
});
