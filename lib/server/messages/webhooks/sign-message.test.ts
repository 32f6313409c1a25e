import { expect, test } from 'vitest';
import { newSigningSecret, signatureHeaders } from './sign-message';

test('the example of the Standard Webhooks specification comes out', () => {
  // github.com/standard-webhooks/standard-webhooks, libraries/javascript/src/index.test.ts: “sign function works”
  const at = new Date(1_614_265_330 * 1000);
  expect(
    signatureHeaders('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at,
      body: '{"test": 2432232314}',
    }),
  ).toEqual({
    'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    'webhook-timestamp': '1614265330',
    'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  });
});

test('id, time and body are each under the signature, and every webhook has a key of its own', () => {
  const secret = newSigningSecret();
  const message = { id: 'a', at: new Date(5000), body: '{}' };
  const sign = (more: Partial<typeof message>, key = secret) =>
    signatureHeaders(key, { ...message, ...more })['webhook-signature'];
  const all = [
    sign({}),
    sign({ id: 'b' }),
    sign({ at: new Date(6000) }),
    sign({ body: '{"a":1}' }),
    sign({}, newSigningSecret()),
  ];
  expect(new Set(all).size).toBe(all.length);
});
