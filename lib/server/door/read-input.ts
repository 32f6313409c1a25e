import 'server-only';
import type { z } from 'zod';
import type { Operation } from '#api/operation';
import { issuesFromZod } from '#core/issue';
import { AppError } from '../platform/errors/app-error';
import { nextTurn } from '../platform/next-turn';
import { isModestJson, mostJsonDepth, mostJsonValues } from './modest-json';
import { plainTextIssues } from './plain-text-issues';

const usualBodyMib = 1;
/** From so many characters on, each step of reading a body is a turn of its own. */
const largeText = 65_536;

async function readText(request: Request, maxBodyMib: number): Promise<string> {
  const maxBodyBytes = maxBodyMib * 1024 * 1024;
  const tooLarge = () => new AppError('too-large', `The request is larger than ${maxBodyBytes / 1024} KiB.`);
  if (Number(request.headers.get('content-length') ?? 0) > maxBodyBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) throw tooLarge();
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new AppError('bad-request', 'The request body is not UTF-8.');
  }
}

async function readJson(request: Request, maxBodyMib: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') throw new AppError('bad-request', 'Send the body as application/json.');
  const text = await readText(request, maxBodyMib);
  if (!isModestJson(text)) {
    const message = `The request body is nested deeper than ${mostJsonDepth} levels or holds more than ${mostJsonValues} values.`;
    throw new AppError('too-large', message, { hint: 'Send it in several parts.' });
  }
  if (text.length < largeText) return parseJson(text);
  await nextTurn();
  const value = parseJson(text);
  await nextTurn();
  return value;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('bad-request', 'The request body is not valid JSON.');
  }
}

function parse<T extends z.ZodType>(
  schema: T,
  value: unknown,
  what: string,
  multiline?: readonly string[],
): z.output<T> {
  const issues = plainTextIssues(value, multiline);
  const parsed = issues.length === 0 ? schema.safeParse(value) : undefined;
  if (parsed?.success) return parsed.data;
  const found = parsed ? issuesFromZod(parsed.error) : issues;
  throw new AppError('invalid', `${what} is not valid.`, { issues: found });
}

function queryObject(url: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URL(url).searchParams) {
    if (Object.hasOwn(query, name)) throw new AppError('bad-request', `The query names ${name} twice.`);
    query[name] = value;
  }
  return query;
}

/** Path parameters; what cannot be an id is not found. */
export function readParams(operation: Operation, given: Record<string, unknown>): Record<string, unknown> {
  if (!operation.params) return {};
  const parsed = operation.params.safeParse(given);
  if (!parsed.success || plainTextIssues(given).length > 0)
    throw new AppError('not-found', 'There is nothing here.');
  return parsed.data;
}

/** Query and body of a request by the operation's schemas. Fields that the contract does not know are refused. */
export async function readInput(
  operation: Operation,
  request: Request,
): Promise<{ query: unknown; body: unknown }> {
  const query = queryObject(request.url);
  if (!operation.query && Object.keys(query).length > 0) {
    throw new AppError('bad-request', 'This operation takes no query parameters.');
  }
  const parsedQuery = operation.query ? parse(operation.query.strict(), query, 'The query') : {};
  if (!operation.body) {
    if ((await readText(request, usualBodyMib)) !== '')
      throw new AppError('bad-request', 'This operation takes no body.');
    return { query: parsedQuery, body: undefined };
  }
  const json = await readJson(request, operation.maxBodyMib ?? usualBodyMib);
  const body = parse(operation.body, json, 'The input', operation.multiline);
  return { query: parsedQuery, body };
}

/** The version in `If-Match`, without quotes. */
export function readIfMatch(request: Request): string {
  const value = request.headers.get('if-match');
  if (!value) {
    throw new AppError('precondition-required', 'Say which version this edit was made from.', {
      hint: 'Send the ETag of the version you edited in the If-Match header.',
    });
  }
  const version = /^"([\x21\x23-\x7e]{1,64})"$/.exec(value)?.[1];
  if (!version) throw new AppError('bad-request', 'If-Match must hold one quoted version such as "3".');
  return version;
}
