import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '../site/testing/any-text';
import { cleanHostText, parseEvent } from './parse-event';

const base64 = (text: string) => Buffer.from(text).toString('base64');

describe('parseEvent', () => {
  it('decodes hostile text and strips what a terminal or a browser would act on', () => {
    const text = `\u001b[31mred\u001b[0m \u001b]0;title\u0007\u202eabc\u0000\ttab\r\nnext`;
    const line = `{"event":"output","step":"test","tool":"reload","exitCode":1,"truncated":false,"text64":"${base64(text)}"}`;
    expect(parseEvent(line)).toEqual({
      event: 'output',
      step: 'test',
      tool: 'reload',
      exitCode: 1,
      truncated: false,
      text: 'red abc\ttab\nnext',
    });
  });

  it('takes nothing that is not an event of this protocol', () => {
    for (const line of [
      '',
      'hello',
      '{"event":',
      '{"event":"nope"}',
      '{"event":"step","name":"format-disk","status":"ok","atMs":1}',
      '[]',
    ]) {
      expect(parseEvent(line)).toBeNull();
    }
  });

  it('never throws, whatever a host prints', () => {
    fc.assert(fc.property(fc.string(), (line) => parseEvent(line) === null));
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseEvent(`{"event":"error","code":"x","text64":${JSON.stringify(value)}}`);
      }),
    );
  });

  it('leaves no control character and no change of writing direction', () => {
    const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/;
    fc.assert(fc.property(anyText(), (text) => !unsafe.test(cleanHostText(text))));
  });
});
