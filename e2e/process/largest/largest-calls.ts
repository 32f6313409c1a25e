import type { z } from 'zod';
import type { Operation } from '#api/operation';
import { hostileBodies, largestInput } from '#server/testing/largest-input';
import { sampleBody, sampleRequest } from '#server/testing/sample-requests';
import { fileTexts } from './hostile-texts';
import { type LargeTeam, teamSlug } from './large-team';
import { largestSite } from './largest-site';

const mib = 1024 * 1024;
/** Room for the braces around what is filled to a limit. */
const slack = 1000;

/** One request of the walk. */
export interface Call {
  readonly what: string;
  readonly path: string;
  readonly body?: string;
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What names something that is there: the largest text in its place would only be refused. */
const isName = /(?:^id|Ids?|^email|^verdict|^digest|Hash|^secret|^ticket|^print|^kind|^level|^transport)$/;

/** The sample of a body with each field that names nothing as large as it may be. */
function largestSample(body: z.ZodType, sample: unknown, maxBytes: number): unknown {
  const shape = (body as { shape?: Record<string, z.ZodType> }).shape;
  if (!shape || !isFields(sample)) return sample;
  let best: Fields = sample;
  for (const [key, part] of Object.entries(shape)) {
    if (isName.test(key)) continue;
    const value = largestInput(part, maxBytes / 2);
    const next = { ...best, [key]: value };
    if (value !== undefined && body.safeParse(next).success && JSON.stringify(next).length < maxBytes)
      best = next;
  }
  return best;
}

/** Bodies that are as large as they may be and name things that are there. */
function knownBodies(
  { id }: Operation,
  { things, siteIds, largest }: LargeTeam,
): Readonly<Record<string, unknown>> {
  const all = [...siteIds, largest];
  const document = largestSite(largest);
  switch (id) {
    case 'sites.create':
      return { 'largest site': { document: largestSite('new'), targetIds: [things.target], message: '' } };
    case 'sites.update':
    case 'shared.updateSite':
      return {
        'largest site': { document, ...(id === 'sites.update' ? { targetIds: [things.target] } : {}) },
      };
    case 'sites.edit':
      return {
        'every site': {
          siteIds: all,
          set: {
            tlsProfile: 'modern',
            limits: { bodySizeMib: 7 },
            responseHeaders: [{ op: 'set', name: 'X-A', value: 'a' }],
          },
          dryRun: true,
        },
      };
    case 'lists.create':
      return { 'every site': { name: 'every', siteIds: all } };
    case 'lists.changeSites':
      return { 'every site': { add: all, remove: all.slice(0, 1) } };
    case 'templates.create':
    case 'templates.update':
      return { 'largest site': { name: 'largest', siteId: largest } };
    case 'plans.create':
      return { 'largest site': { siteIds: [largest], targetIds: [things.target] } };
    case 'sites.import':
      return Object.fromEntries(
        Object.entries(fileTexts(5_990_000)).map(([what, text]) => [what, { text, dryRun: true }]),
      );
    default:
      return {};
  }
}

/** Texts that cost a search most, each of so many characters. */
const patterns = (length: number) => [
  '%a'.repeat(length / 2),
  '_'.repeat(length),
  'e\u0301'.repeat(length / 2),
  '"\''.repeat(length / 2),
];

function queries(operation: Operation, { siteIds, largest }: LargeTeam): Call['path'][] {
  const { query } = operation;
  if (!query) return [];
  const fields = Object.keys(query.shape);
  const found: Fields[] = [largestInput(query, 8000) as Fields];
  if (fields.includes('limit')) found.push({ limit: 500 });
  for (const field of ['search', 'text'].filter((each) => fields.includes(each)))
    found.push(...patterns(200).map((text) => ({ [field]: text })));
  if (operation.id === 'sites.export')
    found.push(
      { format: 'json' },
      {
        ids: [largest, ...siteIds]
          .join(',')
          .slice(0, 11_000)
          .replace(/,[^,]*$/, ''),
      },
    );
  return found.map((each) =>
    new URLSearchParams(
      Object.entries(each).flatMap(([key, value]): [string, string][] =>
        value === undefined ? [] : [[key, String(value)]],
      ),
    ).toString(),
  );
}

/** Combining marks in place of every longer text of a body. */
const withMarks = (value: unknown): unknown =>
  typeof value === 'string' && value.length > 30
    ? 'e\u0301\u0323'.repeat(Math.floor(value.length / 3))
    : Array.isArray(value)
      ? value.map(withMarks)
      : isFields(value)
        ? Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withMarks(part)]))
        : value;

/** What an operation is asked: the largest that it admits, and what it does not admit in the same size. */
export function largestCalls(operation: Operation, team: LargeTeam): Call[] {
  const { things, largest } = team;
  const { url, init } = sampleRequest(operation, teamSlug, things, {});
  const calls: Call[] = [{ what: 'a sample', path: url, ...(init.body ? { body: String(init.body) } : {}) }];
  if (operation.path.includes('/sites/{id}'))
    calls.push({
      what: 'the largest site',
      path: url.replace(things.site, largest),
      ...(init.body ? { body: String(init.body) } : {}),
    });
  calls.push(...queries(operation, team).map((query) => ({ what: 'a query', path: `${url}?${query}` })));
  if (!operation.body) return calls;
  const maxBytes = (operation.maxBodyMib ?? 1) * mib - slack;
  const bodies: Record<string, unknown> = {
    ...knownBodies(operation, team),
    'largest of a sample': largestSample(operation.body, sampleBody(operation, things), maxBytes),
    'largest of the schema': largestInput(operation.body, maxBytes),
  };
  bodies['combining marks'] = withMarks(bodies['largest of the schema']);
  const path = operation.id === 'sites.update' ? url.replace(things.site, largest) : url;
  calls.push(...Object.entries(bodies).map(([what, body]) => ({ what, path, body: JSON.stringify(body) })));
  const hostile = hostileBodies(sampleBody(operation, things), maxBytes);
  calls.push(...Object.entries(hostile).map(([what, body]) => ({ what, path: url, body })));
  return calls;
}
