import { Command, Option } from 'commander';
import { type CallInput, createClient, ProblemError } from '#api/client';
import { contract } from '#api/contract/index';
import type { Operation, ResponseOf } from '#api/operation';
import { takesIdempotencyKey } from '#api/takes-idempotency-key';
import { CommandError, exitCode } from '../exit-code';

/** Flags that every command over the network has. */
export interface ApiOptions {
  readonly url?: string;
  readonly team?: string;
  readonly json?: boolean;
}

export interface Connection {
  readonly url: string;
  /** Slug or id of the token's team. */
  readonly team: string;
  readonly token: string;
  /** Calls an operation; waits when told to, and repeats what may be repeated. Throws `ProblemError`. */
  call<const O extends Operation>(operation: O, input: CallInput<O>): Promise<ResponseOf<O>>;
}

const tries = 4;
const longestWaitSeconds = 60;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Gives a command the flags that say where the dashboard is. The token is never one: arguments show in the process list. */
export function apiCommand(name: string): Command {
  return new Command(name)
    .addOption(new Option('--url <origin>', 'address of the dashboard').env('GATEHOUSE_URL'))
    .addOption(
      new Option('--team <slug>', 'slug or id of the team; the token’s own by default').env('GATEHOUSE_TEAM'),
    )
    .option('--json', 'print what the dashboard answered as JSON');
}

export const settingsHelp = `
Settings: GATEHOUSE_TOKEN (an API token, see gatehouse token create), GATEHOUSE_URL or --url
(default http://127.0.0.1:3000), GATEHOUSE_TEAM or --team (default: the token's team).`;

const parseUrl = (text: string, base?: string): URL | null =>
  URL.canParse(text, base) ? new URL(text, base) : null;

function origin(given: string | undefined): string {
  const url = parseUrl(given || 'http://127.0.0.1:3000');
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '' && url.hash === '') {
    if (url.pathname === '/') return url.origin;
  }
  throw new CommandError(
    `${given} is not the address of a dashboard.\nGive its origin in GATEHOUSE_URL or --url, such as https://gatehouse.example.com`,
    exitCode.usage,
  );
}

function tokenOf(): string {
  const token = process.env.GATEHOUSE_TOKEN?.trim();
  if (token && /^[\x21-\x7e]+$/.test(token)) return token;
  throw new CommandError(
    token
      ? 'GATEHOUSE_TOKEN holds characters that no token has.'
      : 'No API token: put one into GATEHOUSE_TOKEN.\nMake it in Settings → API tokens, or with gatehouse token create on the machine of the dashboard.',
    exitCode.usage,
  );
}

async function fetchAnswer(url: string, init: RequestInit): Promise<Response> {
  // A token goes to the address that was named, and nowhere that this address sends it.
  const response = await fetch(url, { ...init, redirect: 'manual' });
  if (response.status >= 300 && response.status < 400) {
    const to = parseUrl(response.headers.get('location') ?? '', url)?.origin ?? 'another address';
    throw new CommandError(
      `${new URL(url).origin} sends on to ${to}.\nGive that one in GATEHOUSE_URL or --url.`,
    );
  }
  return response;
}

/** How long to wait before another try; `null` when there is no point in one. */
function waitMs(error: unknown, attempt: number, repeatable: boolean): number | null {
  if (!(error instanceof ProblemError) || attempt >= tries) return null;
  const { retryAfterSeconds: seconds, problem } = error;
  if (seconds !== null && seconds <= longestWaitSeconds) return seconds * 1000;
  // Nobody knows what happened to a call without an answer: only those that may be repeated are.
  if (problem.status === 0 && repeatable) return 250 * 2 ** attempt;
  return null;
}

/** The dashboard that flags and environment name, and the team to work in. */
export async function connect(options: ApiOptions): Promise<Connection> {
  const url = origin(options.url);
  const token = tokenOf();
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
  if (url.startsWith('http:') && !local) {
    console.error(`warning: the token travels to ${url} unencrypted; use https.`);
  }
  // The client calls whatever goes wrong below it unreachable; this is known better.
  let moved: CommandError | null = null;
  const client = createClient({
    baseUrl: url,
    token,
    fetch: (address, init) =>
      fetchAnswer(address, init).catch((error: unknown) => {
        if (error instanceof CommandError) moved = error;
        throw error;
      }),
  });
  const call: Connection['call'] = async (operation, input) => {
    const named = takesIdempotencyKey(operation) ? { idempotencyKey: crypto.randomUUID() } : {};
    const repeatable = operation.method === 'GET' || takesIdempotencyKey(operation);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await client.call(operation, { ...input, ...named });
      } catch (error) {
        if (moved) throw moved;
        const ms = waitMs(error, attempt, repeatable);
        if (ms === null) throw error;
        await sleep(ms);
      }
    }
  };
  return { url, token, call, team: options.team || (await ownTeam(call)) };
}

async function ownTeam(call: Connection['call']): Promise<string> {
  const { teams } = await call(contract.session.get, {});
  const [team] = teams;
  if (!team)
    throw new CommandError('This token’s owner no longer belongs to a team.\nAsk an admin of the team.');
  return team.slug;
}
