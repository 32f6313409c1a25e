import { expect, test } from 'vitest';
import { siteSettings } from './settings';

test('settings are found by the words of the form, those of groups too', () => {
  const words = siteSettings.map((setting) => setting.words);
  expect(words).toEqual(
    expect.arrayContaining([
      'HTTPS port',
      'Largest request body',
      'Further application',
      'HTTP port beside TLS',
      'Access, sign-in',
    ]),
  );
  expect(new Set(words).size).toBe(words.length);
  expect(words.filter((each) => !/^\p{Lu}/u.test(each))).toEqual([]);
});
