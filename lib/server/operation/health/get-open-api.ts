import 'server-only';
import { openApiDocument } from '#api/openapi';
import packageJson from '../../../../package.json' with { type: 'json' };
import { singleton } from '../../platform/singleton';

/** Description of the interface for programs. The same for everybody, so it needs no sign-in. */
export function getOpenApi(): Response {
  const document = singleton('openapi', () => JSON.stringify(openApiDocument(packageJson.version)));
  return new Response(document, {
    headers: { 'content-type': 'application/json', 'cache-control': 'no-cache' },
  });
}
