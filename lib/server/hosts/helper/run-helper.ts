import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { encodeHeader, encodeRequest } from '#core/host/encode-request';
import type { EventOf, HelperEvent } from '#core/host/event';
import { decodeBase64, parseEvent } from '#core/host/parse-event';
import { HelperRequest, protocolVersion } from '#core/host/protocol';
import type { Execution, Exit, Transport } from '#server/hosts/ssh/transport';
import { TransportError } from '#server/platform/errors/transport-error';
import { AnswerBudget } from './answer-budget';
import { startHelper } from './ready-helper';
import { sudoRefusal } from './sudo-refusal';

export interface RunHelperOptions {
  /** Called for each event as it arrives. */
  readonly onEvent?: (event: HelperEvent) => void;
  readonly signal?: AbortSignal;
  /** After this long without any event the host counts as lost. Default 90 s: longer than any single tool may run. */
  readonly idleTimeoutMs?: number;
  /** Run as the account that is logged in, without becoming root. */
  readonly asAccount?: boolean;
}

/** All that one request brought back. */
export interface HelperAnswer {
  readonly events: readonly HelperEvent[];
  readonly end: EventOf<'end'>;
  /** Bytes of the files whose `file` event says `content: true`, one after the other. */
  readonly contents: Uint8Array;
}

/**
 * Sends one request to the helper of a host and reads its events to the end.
 * Throws `TransportError`: `link-lost` means that we do not know what the host did; ask it with `status`.
 * An outcome that is not success is an answer, not an error: look at `end.outcome` and the `error` events.
 */
export async function runHelper(
  transport: Transport,
  request: HelperRequest,
  options: RunHelperOptions = {},
): Promise<HelperAnswer> {
  const nonce = randomBytes(16).toString('hex');
  const stdin = frame(HelperRequest.parse(request), nonce);
  const { execution, hadWaited } = await startHelper(transport, stdin, options);
  let reading = await readAnswer(execution, request.verb, nonce, options.onEvent);
  let exit = execution.exit;
  if (hadWaited && !reading.isOurs) {
    // It had ended while it waited. A helper that reads a request says so before anything else, so none has read this one.
    const again = await startHelper(transport, stdin, options);
    reading = await readAnswer(again.execution, request.verb, nonce, options.onEvent);
    exit = again.execution.exit;
  }
  if (reading.end) return { events: reading.events, end: reading.end, contents: Buffer.concat(reading.blob) };
  throw whySilent(transport, reading.began, await exit);
}

function frame(request: HelperRequest, nonce: string): Uint8Array[] {
  const { manifest, contents } = encodeRequest(request);
  const parts = [Buffer.from(manifest), ...contents];
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  const header = encodeHeader({
    verb: request.verb,
    nonce,
    manifestBytes: Buffer.byteLength(manifest),
    totalBytes: parts.reduce((sum, part) => sum + part.length, 0),
    sha256: hash.digest('hex'),
  });
  return [Buffer.from(header), ...parts];
}

interface Reading {
  began: boolean;
  /** The answer is to our request, and not that there was none to be read. */
  isOurs: boolean;
  readonly events: HelperEvent[];
  readonly blob: Uint8Array[];
  end: EventOf<'end'> | null;
}

/** Resolves with the end event; what the helper clears away after that, nobody has to wait for. */
function readAnswer(
  execution: Execution,
  verb: HelperRequest['verb'],
  nonce: string,
  onEvent: RunHelperOptions['onEvent'],
): Promise<Reading> {
  return new Promise((resolve, reject) => {
    const reading: Reading = { began: false, isOurs: false, events: [], blob: [], end: null };
    readOn(execution, new AnswerBudget(verb), nonce, reading, (event) => {
      if (reading.isOurs) onEvent?.(event);
      if (reading.end) resolve(reading);
    }).then(() => resolve(reading), reject);
  });
}

async function readOn(
  execution: Execution,
  budget: AnswerBudget,
  nonce: string,
  reading: Reading,
  onEvent: (event: HelperEvent) => void,
): Promise<void> {
  let inBlob = false;
  for await (const line of execution.lines) {
    budget.spend(line);
    if (inBlob && !line.startsWith('{')) {
      reading.blob.push(decodeBase64(line));
      continue;
    }
    if (line === '{"event":"contents"}' || line === '{"event":"contents-end"}') {
      inBlob = line === '{"event":"contents"}';
      continue;
    }
    const event = parseEvent(line);
    if (!reading.began) {
      // A login shell may print anything before, even something that looks like us: only our own number opens the answer.
      if (event?.event !== 'begin' || (event.nonce !== nonce && event.nonce !== 'none')) continue;
      if (event.protocol !== protocolVersion) throw outdated(event.helper);
      reading.began = true;
      reading.isOurs = event.nonce === nonce;
    }
    if (!event) throw garbled(line);
    reading.events.push(event);
    if (event.event === 'end') reading.end = event;
    onEvent(event);
  }
}

function outdated(version: string): TransportError {
  return new TransportError(
    'helper-outdated',
    'The helper installed on this host speaks another version of the protocol.',
    'Have root run the upgrade script on it: “gatehouse hosts upgrade” has it, one for all hosts.',
    { helper: version },
  );
}

function garbled(line: string): TransportError {
  return new TransportError(
    'helper-protocol',
    'The host answered with something that is not part of the helper’s protocol.',
    'Try again; if it stays, run the bootstrap script again or look at the login scripts of the account.',
    { line: line.slice(0, 200) },
  );
}

function whySilent(transport: Transport, began: boolean, exit: Exit): TransportError {
  const said = exit.stderr.slice(0, 2000);
  const detail = { stderr: said, exit: String(exit.code ?? exit.signal ?? 'none') };
  if (began) {
    return new TransportError(
      'link-lost',
      'The host stopped answering before the helper was done.',
      'What it did is asked for as soon as the host answers again; without a confirmation it restores the old state by itself.',
      detail,
    );
  }
  const refusal = transport.account === 'sudo' ? sudoRefusal(said) : null;
  if (refusal)
    return new TransportError('sudo-refused', refusal.message, refusal.hint, {
      ...detail,
      cause: refusal.cause,
    });
  if (transport.account === 'enrolled') {
    return new TransportError(
      'helper-missing',
      'The host accepted the key, but its helper did not answer.',
      'Run the bootstrap script on the host again.',
      detail,
    );
  }
  return new TransportError(
    'no-shell',
    'The account has no usable shell, or a tool that the helper needs is missing.',
    'Check that “sh -c true” works for this account, and that dd is installed.',
    detail,
  );
}
