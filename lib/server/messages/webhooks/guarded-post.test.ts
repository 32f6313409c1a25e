import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { guardedPost } from './guarded-post';
import { type Receiver, startReceiver } from './testing/receiver';

let receiver: Receiver;
let forbidden: Receiver;
beforeAll(async () => {
  // The same port on two loopback addresses: only the address tells them apart.
  receiver = await startReceiver('127.0.0.2');
  forbidden = await startReceiver('127.0.0.1', receiver.port);
});
afterAll(async () => {
  await receiver.close();
  await forbidden.close();
});
beforeEach(() => {
  receiver.received.length = 0;
  forbidden.received.length = 0;
  receiver.answer((response) => response.writeHead(200).end('thanks'));
});

const post = (url: string, more: Partial<Parameters<typeof guardedPost>[0]> = {}) =>
  guardedPost({ url, headers: { 'x-a': 'b' }, body: '{"ü":1}', allowedNetworks: ['127.0.0.2'], ...more });
const named = () => `http://hooks.example:${receiver.port}/path?q=1`;
const leadsTo = (...addresses: string[]) => {
  const asked: string[] = [];
  const resolve = async (hostname: string) => {
    // Once the list is at its end it answers with its last: a name that changed stays so.
    const address = addresses[Math.min(asked.length, addresses.length - 1)] ?? '';
    asked.push(hostname);
    return [{ address, family: address.includes(':') ? 6 : 4 }];
  };
  return { asked, resolve };
};

test('an allowed receiver gets the whole request', async () => {
  const { resolve } = leadsTo('127.0.0.2');
  expect(await post(named(), { resolve })).toEqual({ answer: 200, error: '' });
  expect(receiver.received).toMatchObject([
    {
      method: 'POST',
      path: '/path?q=1',
      body: '{"ü":1}',
      headers: { host: `hooks.example:${receiver.port}`, 'x-a': 'b', 'content-length': '8' },
    },
  ]);
});

describe('class "SSRF": what is not allowed is not connected to', () => {
  test.each([
    ['a number', () => `http://127.0.0.1:${receiver.port}/`],
    ['a decimal number', () => `http://2130706433:${receiver.port}/`],
    ['hexadecimal', () => `http://0x7f.1:${receiver.port}/`],
    ['IPv6', () => `http://[::1]:${receiver.port}/`],
    ['IPv4 in IPv6', () => `http://[::ffff:127.0.0.1]:${receiver.port}/`],
    ['localhost', () => `http://localhost:${receiver.port}/`],
    ['metadata', () => 'http://169.254.169.254/latest/meta-data/'],
  ])('%s', async (_, url) => {
    const { answer, error } = await post(url());
    expect(answer).toBeNull();
    expect(error).toContain('internal address');
    expect(forbidden.received).toEqual([]);
  });

  test('control: without the guard’s refusal the same address would have answered', async () => {
    const outcome = await post(`http://127.0.0.1:${receiver.port}/`, { allowedNetworks: ['127.0.0.1'] });
    expect(outcome.error).toBe('');
    expect(forbidden.received).toHaveLength(1);
  });

  test('a name that leads to internal addresses', async () => {
    for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::1']) {
      expect((await post(named(), leadsTo(address))).error).toContain('internal address');
    }
    expect(forbidden.received).toEqual([]);
  });

  test('class "DNS rebinding": the name is asked once, and what was checked is what is connected to', async () => {
    const { asked, resolve } = leadsTo('127.0.0.2', '127.0.0.1');
    expect((await post(named(), { resolve })).error).toBe('');
    expect(asked).toEqual(['hooks.example']);
    expect(receiver.received).toHaveLength(1);
    expect(forbidden.received).toEqual([]);
    // The next message is checked again, and finds that the name leads inside by now.
    expect((await post(named(), { resolve })).error).toContain('internal address');
    expect(forbidden.received).toEqual([]);
  });

  test('of several addresses only the allowed ones are tried', async () => {
    const resolve = async () => [
      { address: '127.0.0.1', family: 4 },
      { address: '127.0.0.2', family: 4 },
    ];
    expect((await post(named(), { resolve })).error).toBe('');
    expect(receiver.received).toHaveLength(1);
    expect(forbidden.received).toEqual([]);
  });

  test('a redirect is not followed', async () => {
    receiver.answer((response) =>
      response.writeHead(307, { location: `http://127.0.0.1:${forbidden.port}/` }).end(),
    );
    const outcome = await post(named(), leadsTo('127.0.0.2'));
    expect(outcome).toMatchObject({ answer: 307, error: expect.stringContaining('not followed') });
    expect(forbidden.received).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'ftp://127.0.0.2/', 'gopher://127.0.0.2/'])('%s', async (url) => {
    expect((await post(url)).error).toContain('Only http and https');
  });
});

describe('a receiver may be slow, broken or hostile', () => {
  test('one that never answers, or never ends, costs no more than its time', async () => {
    receiver.answer(() => undefined);
    const silent = await post(named(), { ...leadsTo('127.0.0.2'), timeoutMs: 300 });
    expect(silent).toEqual({ answer: null, error: 'No answer within 0.3 s.' });
    receiver.answer((response) => response.writeHead(500).write('never ends'));
    const endless = await post(named(), { ...leadsTo('127.0.0.2'), timeoutMs: 300 });
    expect(endless).toEqual({ answer: null, error: 'No answer within 0.3 s.' });
  });

  test('a name server that never answers, too', async () => {
    const resolve = () => new Promise<never>(() => undefined);
    expect((await post(named(), { resolve, timeoutMs: 200 })).error).toBe('No answer within 0.2 s.');
  });

  test('of an answer without end only the beginning is read, and kept as one plain line', async () => {
    let written = 0;
    let closed = false;
    receiver.answer((response) => {
      response.writeHead(503);
      response.on('close', () => {
        closed = true;
      });
      const more = () => {
        while (!closed && response.write(`\u001b[31mno\r\n${'x'.repeat(10_000)}`)) written += 1;
        written += 1;
      };
      response.on('drain', more);
      more();
    });
    const { answer, error } = await post(named(), leadsTo('127.0.0.2'));
    expect(answer).toBe(503);
    expect(error).toMatch(/^Answered 503: \[31mno x+$/);
    expect(error.length).toBeLessThanOrEqual(300);
    expect(written).toBeLessThan(2000);
  });

  test('a success with an answer without end is one, and is hung up on', async () => {
    const hungUp = new Promise<void>((resolve) => {
      receiver.answer((response) => {
        response.writeHead(200);
        response.on('close', resolve);
        const more = () => {
          while (response.write('x'.repeat(10_000)));
        };
        response.on('drain', more);
        more();
      });
    });
    expect(await post(named(), leadsTo('127.0.0.2'))).toEqual({ answer: 200, error: '' });
    await hungUp;
  });

  test('one that hangs up, and one that is not there', async () => {
    receiver.answer((response) => response.destroy());
    expect(await post(named(), leadsTo('127.0.0.2'))).toEqual({
      answer: null,
      error: 'The connection was closed before an answer came.',
    });
    const nowhere = await post('http://127.0.0.2:1/');
    expect(nowhere).toEqual({ answer: null, error: 'The connection was refused.' });
  });
});

test('class "secret echo": a receiver that repeats the address does not bring its secret into the log', async () => {
  receiver.answer((response, { path }) => response.writeHead(404).end(`Cannot POST ${decodeURI(path)}`));
  const url = `http://127.0.0.2:${receiver.port}/services/T0canary%20one?key=canary-two`;
  const { answer, error } = await post(url);
  expect(answer).toBe(404);
  expect(error).toMatch(/^Answered 404: Cannot POST /);
  expect(error).not.toContain('canary');
});
