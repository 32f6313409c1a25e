import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './site/testing/any-text';
import { stripControls } from './strip-controls';

describe('stripControls', () => {
  it('takes terminal sequences out of host output and keeps the words', () => {
    expect(stripControls('\u001b[1;31mfailed\u001b[0m\n\tline 2\r\n')).toBe('failed\n\tline 2\n');
    expect(stripControls('\u001b]0;title\u0007ok\u001b]8;;http://x\u001b\\link')).toBe('oklink');
  });

  it('leaves no control or direction-changing character, whatever a host prints', () => {
    fc.assert(
      fc.property(
        anyText(),
        (text) => !/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/u.test(stripControls(text)),
      ),
      { numRuns: 1000 },
    );
  });
});
