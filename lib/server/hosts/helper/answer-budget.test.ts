import { expect, it } from 'vitest';
import { AnswerBudget } from './answer-budget';

it('lets through the largest answer that a helper gives', () => {
  const budget = new AnswerBudget('read');
  const base64 = 'A'.repeat(76);
  for (let line = 0; line < 20_000; line += 1) budget.spend('{"event":"file","path":"/etc/nginx/x"}');
  for (let sent = 0; sent < (16 * 1024 * 1024 * 4) / 3; sent += base64.length) budget.spend(base64);
});

it('ends a host that floods, whether in one line or in many', () => {
  expect(() => new AnswerBudget('facts').spend('x'.repeat(65 * 1024 * 1024))).toThrow(/more text/);
  const lines = new AnswerBudget('facts');
  expect(() => {
    for (;;) lines.spend('');
  }).toThrow(/more lines/);
});

it('ends a host that drips', () => {
  let nowMs = 0;
  const budget = new AnswerBudget('facts', () => nowMs);
  for (let minute = 0; minute < 5; minute += 1) {
    nowMs = minute * 60_000;
    budget.spend('.');
  }
  nowMs = 5 * 60_000 + 1;
  expect(() => budget.spend('.')).toThrow(/for longer/);
});
