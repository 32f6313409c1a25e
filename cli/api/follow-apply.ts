import { operationUrl } from '#api/client';
import { type Apply, ApplyEvent } from '#api/contract/applies';
import { contract } from '#api/contract/index';
import { CommandError, exitCode } from '../exit-code';
import type { Connection } from './connection';

const final: readonly Apply['status'][] = ['succeeded', 'failed', 'rolled-back', 'interrupted', 'cancelled'];
export const isFinal = ({ status }: Apply): boolean => final.includes(status);

/** The dashboard may be restarted meanwhile; it carries the apply on, or finds out how it ended. */
const patienceMs = 10 * 60_000;
const pauseMs = 1_000;

/** Messages of the live stream, until it ends for whatever reason. */
async function* stream({ url, team, token }: Connection, id: string): AsyncGenerator<Apply> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` };
  const address = url + operationUrl(contract.applies.events, { params: { team, id } });
  const response = await fetch(address, { headers, redirect: 'error' });
  if (!response.ok || !response.body) return;
  let rest = '';
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const messages = (rest + text).split('\n\n');
    rest = messages.pop() ?? '';
    for (const message of messages) {
      const data = message
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => line.slice('data: '.length))
        .join('\n');
      if (data !== '') yield ApplyEvent.parse(JSON.parse(data)).apply;
    }
  }
}

/** The apply each time something about it changed, up to its end. A lost connection is taken up again: every message is the whole apply. */
export async function* followApply(connection: Connection, id: string): AsyncGenerator<Apply> {
  const { call, team } = connection;
  let heardAt = Date.now();
  while (Date.now() - heardAt < patienceMs) {
    try {
      for await (const apply of stream(connection, id)) {
        heardAt = Date.now();
        yield apply;
        if (isFinal(apply)) return;
      }
      const apply = await call(contract.applies.get, { params: { team, id } });
      heardAt = Date.now();
      yield apply;
      if (isFinal(apply)) return;
    } catch {
      // Whatever it was, the next round tells whether the dashboard is back.
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  throw new CommandError(
    `The dashboard does not answer; apply ${id} may still be under way.\nnext: Look at it there; nothing stays half done on a host.`,
    exitCode.unresolved,
  );
}
