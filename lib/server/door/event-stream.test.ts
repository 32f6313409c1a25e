import pino from 'pino';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { beginClosing } from '../platform/closing';
import { forgetSingletons } from '../platform/singleton';
import { eventStream } from './event-stream';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
});

const log = pino({ level: 'silent' });
/** Nobody's rights change. */
const onAccessChange = () => () => undefined;
async function* never() {
  await new Promise(() => undefined);
  yield 0;
}

test('class "session" (CVE-2026-33031): an open stream ends soon after its reader’s session does', async () => {
  let allowed = true;
  const stillAllowed = async () => allowed || Promise.reject(new Error('ended'));
  const signal = new AbortController().signal;
  const reader = eventStream(never(), {
    event: undefined,
    signal,
    log,
    stillAllowed,
    onAccessChange,
  }).getReader();
  const text = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await text()).toBe('retry: 2000\n\n');
  await vi.advanceTimersByTimeAsync(15_000);
  expect(await text()).toBe(': still here\n\n');
  allowed = false;
  await vi.advanceTimersByTimeAsync(15_000);
  expect((await reader.read()).done).toBe(true);
});

test('class "session" (CVE-2026-33031): a change of rights ends the streams of those it concerns at once, and no others', async () => {
  const listeners = new Set<() => void>();
  const listen = (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const leaving = new AbortController();
  const open = (stillAllowed: () => Promise<boolean>) => {
    const options = { event: undefined, signal: leaving.signal, log, stillAllowed, onAccessChange: listen };
    return eventStream(never(), options).getReader();
  };
  const removed = open(() => Promise.reject(new Error('no member')));
  const other = open(async () => true);
  for (const reader of [removed, other]) await reader.read();
  for (const listener of [...listeners]) listener();
  expect((await removed.read()).done).toBe(true);
  expect(listeners.size).toBe(1);
  leaving.abort();
  expect((await other.read()).done).toBe(true);
  expect(listeners.size).toBe(0);
});

test('a source that fails ends the stream without a word of its error', async () => {
  async function* failing() {
    yield { n: 1 };
    throw new Error('canary');
  }
  const signal = new AbortController().signal;
  const stream = eventStream(failing(), {
    event: undefined,
    signal,
    log,
    stillAllowed: async () => true,
    onAccessChange,
  });
  expect(await new Response(stream).text()).toBe('retry: 2000\n\ndata: {"n":1}\n\n');
});

test('a reader that goes away leaves no timer behind', async () => {
  const leaving = new AbortController();
  const options = {
    event: undefined,
    signal: leaving.signal,
    log,
    stillAllowed: async () => true,
    onAccessChange,
  };
  const stream = eventStream(never(), options);
  leaving.abort();
  expect(vi.getTimerCount()).toBe(0);
  expect(await new Response(stream).text()).toBe('retry: 2000\n\n');
});

test('a server that stops ends its streams and says when to come back', async () => {
  const signal = new AbortController().signal;
  const open = () =>
    eventStream(never(), { event: undefined, signal, log, stillAllowed: async () => true, onAccessChange });
  const reader = open().getReader();
  await reader.read();
  beginClosing();
  expect(new TextDecoder().decode((await reader.read()).value)).toMatch(
    /^retry: \d{4}\n: the server restarts\n\n$/,
  );
  expect((await reader.read()).done).toBe(true);
  // One that is opened at the last moment ends at once.
  expect(await new Response(open()).text()).toMatch(/retry: \d{4}\n: the server restarts\n\n$/);
  forgetSingletons();
});
