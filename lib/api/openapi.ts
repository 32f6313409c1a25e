import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { operations } from './contract/index';
import { components } from './openapi/components';
import { operationObject } from './openapi/operation-object';
import { tagsOf } from './openapi/tags';
import type { Operation } from './operation';

const description = `Put CI servers behind nginx, Apache or Caddy: reviewed, applied over SSH, proven, and undone if they do not serve.

**Team.** \`{team}\` is a team’s id or slug. What belongs to another team answers 404.

**Sign-in.** Scripts send an API token as \`Authorization: Bearer …\`. A token is for one team, and does what its owner’s role and its scopes both allow.

**Failures** are RFC 9457 problem documents: \`code\` for programs, \`detail\` and \`hint\` for people, \`issues\` with the fields at fault.

**Edits** name the version that they were made from in \`If-Match\`; an older one is refused with 412, so that nobody’s work is overwritten.

**Creating calls** take an \`Idempotency-Key\`, so that they can be repeated after a lost answer.

**Lists** come in pages: pass \`next\` as \`cursor\`.

**Limits** are told by \`RateLimit\` and \`RateLimit-Policy\` (draft-ietf-httpapi-ratelimit-headers-10); beyond them is 429 with \`Retry-After\`.`;

/** Whether the answer shows a thing whose edits ask for its version. */
function answersEtag({ method, path, status, ifMatch }: Operation): boolean {
  const edited = (url: string) => operations.some((other) => other.ifMatch && other.path === url);
  if (ifMatch) return true;
  return (
    (method === 'GET' && edited(path)) || (method === 'POST' && status === 201 && edited(`${path}/{id}`))
  );
}

/** The OpenAPI 3.1 document of every operation in the contract. */
export function openApiDocument(version: string) {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const operation of operations) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = operationObject(operation, answersEtag(operation));
    paths[operation.path] = path;
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse',
      version,
      description,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'This dashboard' }],
    tags: tagsOf([...new Set(operations.map(({ id }) => id.split('.')[0] ?? id))]),
    paths: paths as ZodOpenApiPathsObject,
    components,
  });
}
