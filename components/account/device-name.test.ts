import { expect, it } from 'vitest';
import { deviceName, isHandheld } from './device-name';

const edge =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0 Safari/537.36 Edg/142.0';
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

it('names browser and system so that people recognise their own sessions', () => {
  expect(deviceName(edge)).toBe('Edge on Windows');
  expect(deviceName(iphone)).toBe('Safari on iOS');
  expect(deviceName('curl/8.5.0')).toBe('curl');
  expect(deviceName(null)).toBe('Unknown browser');
  expect([isHandheld(edge), isHandheld(iphone)]).toEqual([false, true]);
});
