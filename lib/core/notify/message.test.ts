import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyText } from '../site/testing/any-text';
import type { NotifyEvent } from './event';
import { jsonMessage, mailMessage, slackEscape, slackMessage } from './message';

const frame = {
  team: { slug: 'build', name: 'Build' },
  at: '2026-11-21T08:00:00.000Z',
  origin: 'https://gatehouse.example.com',
};
const apply = (more: Partial<Extract<NotifyEvent, { name: 'apply.failed' }>> = {}): NotifyEvent => ({
  name: 'apply.failed',
  applyId: 'a1',
  sites: [{ id: 's1', name: 'ci' }],
  hosts: ['web1'],
  by: 'Ada',
  reason: 'The host’s disk is full.',
  ...more,
});

test('a program gets type, time, a link and the facts', () => {
  expect(jsonMessage(apply(), frame)).toEqual({
    type: 'apply.failed',
    timestamp: '2026-11-21T08:00:00.000Z',
    data: {
      team: { slug: 'build', name: 'Build' },
      title: 'The apply failed: ci on web1',
      url: 'https://gatehouse.example.com/build/applies/a1',
      applyId: 'a1',
      sites: [{ id: 's1', name: 'ci' }],
      hosts: ['web1'],
      by: 'Ada',
      reason: 'The host’s disk is full.',
    },
  });
});

test('people get a sentence, the reason and a link', () => {
  expect(slackMessage(apply(), frame).text).toBe(
    'The apply failed: ci on web1\n• The host’s disk is full.\n• Asked for by Ada.\n<https://gatehouse.example.com/build/applies/a1|Open in Gatehouse>',
  );
  const mail = mailMessage(apply(), frame);
  expect(mail.subject).toBe('[Build] The apply failed: ci on web1');
  expect(mail.text).toContain('\nhttps://gatehouse.example.com/build/applies/a1\n');
});

test('without a configured address a message has no link rather than a wrong one', () => {
  const bare = { ...frame, origin: null };
  expect(slackMessage(apply(), bare).text).not.toContain('<');
  expect(mailMessage(apply(), bare).text).not.toMatch(/https?:/);
  expect(jsonMessage(apply(), bare).data.url).toBeNull();
});

test('many names are counted, not listed', () => {
  const sites = Array.from({ length: 30 }, (_, index) => ({ id: `${index}`, name: `site-${index}` }));
  expect(mailMessage(apply({ sites }), frame).subject).toContain('site-4 and 25 more on web1');
});

describe('names are hostile', () => {
  test('class "mention and link injection": nothing a person typed becomes a link or calls everybody', () => {
    const { text } = slackMessage(
      apply({
        by: '<!channel>',
        hosts: ['<https://evil.example|web1>'],
        reason: 'a & b\n<https://evil.example>',
      }),
      frame,
    );
    expect(text.match(/</g)).toHaveLength(1);
    expect(text).toContain('&lt;!channel&gt;');
    expect(text).toContain('a &amp; b &lt;https://evil.example&gt;');
  });

  test('class "header injection": a subject is one line and a body has no other mail in it, whatever the names are', () => {
    const line = anyText({ maxLength: 60 });
    fc.assert(
      fc.property(line, line, line, (name, host, by) => {
        const event = apply({ sites: [{ id: 'x', name }], hosts: [host], by });
        const { subject, text } = mailMessage(event, { ...frame, team: { slug: 'b', name: by } });
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(text.split('\n')).toHaveLength(mailMessage(apply(), frame).text.split('\n').length);
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  test('escaping for Slack can be undone: nothing is lost', () => {
    const undo = (text: string) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => undo(slackEscape(text)) === text));
    expect(slackEscape('&lt;')).toBe('&amp;lt;');
  });
});
