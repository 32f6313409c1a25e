import { queryOptions } from '@tanstack/react-query';

interface Media {
  readonly example?: unknown;
}
interface Described {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description: string;
  readonly 'x-permission'?: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}
interface Document {
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** One operation as the reference shows it. */
export interface ReferenceEntry {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  readonly permission: string | null;
  /** Example of the body, `undefined` where it takes none. */
  readonly body: unknown;
  readonly status: string;
  readonly answer: unknown;
  /** Statuses of failures. */
  readonly failures: readonly string[];
}

const exampleIn = (content: Readonly<Record<string, Media>> | undefined) =>
  Object.values(content ?? {})[0]?.example;

function entries({ paths }: Document): ReferenceEntry[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => {
      const statuses = Object.keys(operation.responses);
      const status = statuses.find((code) => code.startsWith('2')) ?? '200';
      return {
        id: operation.operationId,
        tag: operation.tags[0] ?? '',
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        description: operation.description,
        permission: operation['x-permission'] ?? null,
        body: exampleIn(operation.requestBody?.content),
        status,
        answer: exampleIn(operation.responses[status]?.content),
        failures: statuses.filter((code) => code !== status),
      };
    }),
  );
}

/** The description of the interface, by group. It is the same for everybody and changes with the version only. */
export const referenceQuery = queryOptions({
  queryKey: ['reference'],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async ({ signal }) => {
    const response = await fetch('/api/v1/openapi.json', { signal });
    if (!response.ok) throw new Error(`The dashboard answered with status ${response.status}.`);
    const document = (await response.json()) as Document;
    const all = entries(document);
    return document.tags.map(({ name, description }) => ({
      name,
      description: description ?? '',
      entries: all.filter(({ tag }) => tag === name),
    }));
  },
});
