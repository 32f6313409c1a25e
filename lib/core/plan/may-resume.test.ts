import { describe, expect, it } from 'vitest';
import type { ApplyStatus } from '../change/step';
import { mayResume } from './may-resume';

const target = (status: ApplyStatus, code?: string) => ({ status, failure: code ? { code } : null });

describe('mayResume', () => {
  it('offers to go on only where nothing but an interruption stood in the way', () => {
    expect(mayResume([target('rolled-back', 'apply.unwatched')])).toBe(true);
    expect(mayResume([target('failed', 'apply.not-begun'), target('cancelled', 'apply.stopped')])).toBe(true);
    expect(mayResume([target('succeeded'), target('cancelled', 'apply.not-begun')])).toBe(true);
    expect(mayResume([target('succeeded')])).toBe(false);
    expect(mayResume([target('cancelled', 'apply.stopped')])).toBe(false);
    expect(mayResume([target('rolled-back', 'apply.probe-failed')])).toBe(false);
    expect(mayResume([target('rolled-back', 'apply.interrupted'), target('failed', 'apply.stale')])).toBe(
      false,
    );
    expect(mayResume([target('failed')])).toBe(false);
    expect(mayResume([target('running')])).toBe(false);
  });
});
