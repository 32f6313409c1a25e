import { describe, expect, test } from 'vitest';
import { changedFields, fieldsDetail } from './changed-fields';

describe('what a record says about a change', () => {
  test('names each field that differs, with both values, and no other', () => {
    const before = { name: 'ci', upstreams: [{ port: 9000, path: '/a' }], note: 'old' };
    const after = { name: 'ci', upstreams: [{ port: 9001, path: '/a' }], extra: true };
    expect(changedFields(before, after)).toEqual({
      fields: [
        { path: 'upstreams[0].port', before: '9000', after: '9001' },
        { path: 'note', before: 'old' },
        { path: 'extra', after: 'true' },
      ],
      more: 0,
    });
    expect(fieldsDetail(before, before)).toEqual({});
  });

  test('class "leak" (Atlantis GO-2024-3265): a secret is named as changed, its value is not told', () => {
    const secrets = (value: string) => ({
      auth: { password: value, apiKey: value },
      headers: [
        { name: 'Authorization', value },
        { name: 'X-Api-Key', value },
        { name: 'X-Plain', value: 'open' },
      ],
      tokens: { nested: [value] },
    });
    const { fields } = changedFields(secrets('canary-one'), secrets('canary-two'));
    expect(JSON.stringify(fields)).not.toContain('canary');
    expect(fields.map(({ path, before, after }) => [path, before, after])).toEqual([
      ['auth.password', '(secret)', '(secret)'],
      ['auth.apiKey', '(secret)', '(secret)'],
      ['headers[0].value', '(secret)', '(secret)'],
      ['headers[1].value', '(secret)', '(secret)'],
      ['tokens.nested[0]', '(secret)', '(secret)'],
    ]);
  });

  test('stays small however large the change is', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`f${n}`, 'x'.repeat(5000)]));
    const { fields, more } = changedFields({}, many);
    expect([fields.length, more]).toEqual([60, 40]);
    expect(fields[0]?.after).toHaveLength(200);
    expect(fieldsDetail({}, many).moreFields).toBe(40);
  });
});
