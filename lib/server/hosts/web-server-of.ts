import 'server-only';
import type { RenderTarget, ServerKind } from '#core/web-server/render-target';
import type { StoredFacts } from './stored-facts';

/** What is known of a host's web server that files are rendered for. */
export function webServerOf(facts: StoredFacts | null, server: ServerKind): RenderTarget {
  const found = facts?.servers.find((each) => each.server === server);
  return {
    server,
    version: found?.version ?? null,
    openssl: found?.openssl ?? null,
    layout: found?.layout ?? 'debian',
    modules: found?.modules ?? null,
  };
}
