import { expect, test } from 'vitest';
import { readAddress } from './address-errors';

const typed = { name: 'web1', address: '10.0.0.5', port: '22', user: 'deploy', jumpHostId: '' };

test('what the form asks for is all that is needed', async () => {
  expect(await readAddress(typed)).toEqual({ ok: true, value: { ...typed, port: 22, jumpHostId: null } });
});

test.each([
  ['name', ''],
  ['address', 'two words'],
  ['port', '70000'],
  ['port', 'ssh'],
  ['user', ''],
] as const)('%s as %j is marked at its field', async (field, value) => {
  const read = await readAddress({ ...typed, [field]: value });
  expect(read.ok ? null : Object.keys(read.errors)).toEqual([field]);
});
