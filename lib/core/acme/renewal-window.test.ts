import { describe, expect, test } from 'vitest';
import { lateness, pickRenewal, renewalWindow } from './renewal-window';

const dayMs = 86_400_000;
const begin = new Date('2026-01-01T00:00:00Z');
const afterDays = (days: number) => new Date(begin.getTime() + days * dayMs);
const life = (days: number) => ({ notBefore: begin, notAfter: afterDays(days), suggested: null });

describe('when a certificate is renewed', () => {
  test.each([0.5, 6, 45, 64, 90, 397])('of %d days: a message exactly where it is late', (days) => {
    const { from, to } = renewalWindow(life(days));
    const left = (at: Date) => (afterDays(days).getTime() - at.getTime()) / (days * dayMs);
    expect(left(from)).toBeCloseTo(days < 10 ? 1 / 2 : 1 / 3, 5);
    expect(left(to)).toBeGreaterThan(0.25);
    expect(lateness(life(days), from)).toBe('in-time');
    expect(lateness(life(days), to)).toBe('in-time');
    expect(lateness(life(days), new Date(to.getTime() + 1))).toBe('late');
    expect(lateness(life(days), afterDays(days * 0.89))).toBe('late');
    expect(lateness(life(days), afterDays(days * 0.91))).toBe('serious');
    expect(lateness(life(days), afterDays(days))).toBe('expired');
  });

  test('the CA’s own window counts, unless it makes no sense', () => {
    const suggested = { start: afterDays(10), end: afterDays(12) };
    expect(renewalWindow({ ...life(90), suggested })).toEqual({ from: afterDays(10), to: afterDays(12) });
    const backwards = { start: afterDays(12), end: afterDays(10) };
    expect(renewalWindow({ ...life(90), suggested: backwards })).toEqual(renewalWindow(life(90)));
    const tooLate = { start: afterDays(89), end: afterDays(91) };
    expect(renewalWindow({ ...life(90), suggested: tooLate })).toEqual(renewalWindow(life(90)));
  });

  test('a moment of the window is within it', () => {
    const window = renewalWindow(life(90));
    expect(pickRenewal(window, 0)).toEqual(window.from);
    expect(pickRenewal(window, 1)).toEqual(window.to);
  });
});
