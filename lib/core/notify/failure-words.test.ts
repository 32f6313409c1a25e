import { expect, test } from 'vitest';
import { hostErrorIssue } from '../plan/host-error';
import { failureWords } from './failure-words';

test('what a host’s tool said, and may have quoted from a file, leaves the dashboard in no message', () => {
  const canary = 'proxy_set_header X-Secret canary';
  const quoted = { path: '/etc/nginx/x.conf', text: canary };
  for (const issue of [
    hostErrorIssue('reload-failed', quoted),
    hostErrorIssue('never-heard-of', quoted),
    { code: 'preflight.refused', message: `unknown directive in "${canary}"` },
    { code: 'apply.probe-failed', message: `Location: ${canary}` },
    { code: 'new.code', message: canary },
  ])
    expect(failureWords(issue)).not.toContain('canary');
  expect(failureWords(hostErrorIssue('reload-failed', quoted))).toBe('The web server could not be reloaded.');
});

test('what the dashboard itself found out is told as it is', () => {
  expect(failureWords({ code: 'apply.undone-on-request', message: 'Somebody undid the change.' })).toBe(
    'Somebody undid the change.',
  );
  expect(failureWords(null)).toBeNull();
});
