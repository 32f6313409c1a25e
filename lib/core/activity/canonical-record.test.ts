import { describe, expect, test } from 'vitest';
import { type ActivityRecord, canonicalRecord } from './canonical-record';

const record: ActivityRecord = {
  sequence: 7,
  id: 'a7',
  teamId: 't',
  at: '2026-11-21T08:00:00.000Z',
  actorId: 'u',
  actorLabel: 'ada@example.com',
  address: '192.0.2.1',
  requestId: 'r',
  event: 'site.updated',
  subject: 'site ci',
  subjectId: 's',
  detail: { b: [1, { y: 2, x: 1 }], a: null },
};

describe('the text that a hash is taken over', () => {
  test('depends on every field and on the row before', () => {
    const plain = canonicalRecord(record, 'before');
    const others = Object.keys(record).map((key) =>
      canonicalRecord({ ...record, [key]: key === 'sequence' ? 8 : 'other' }, 'before'),
    );
    const all = [plain, canonicalRecord(record, 'another'), ...others];
    expect(new Set(all).size).toBe(Object.keys(record).length + 2);
  });

  test('does not depend on the order in which the keys of the detail were stored', () => {
    const detail = { a: null, b: [1, { x: 1, y: 2 }] };
    expect(canonicalRecord({ ...record, detail }, '')).toBe(canonicalRecord(record, ''));
    const reordered = { a: null, b: [{ x: 1, y: 2 }, 1] };
    expect(canonicalRecord({ ...record, detail: reordered }, '')).not.toBe(canonicalRecord(record, ''));
  });

  test('no value can pass for a part of the next one', () => {
    const shifted = { ...record, event: 'site.updated","site', subject: 'ci' };
    expect(canonicalRecord(shifted, '')).not.toBe(
      canonicalRecord({ ...record, event: 'site.updated', subject: 'site","ci' }, ''),
    );
  });
});
