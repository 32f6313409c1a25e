import { describe, expect, test } from 'vitest';
import { defaultSite } from '../presets/default-site';
import { renderTarget } from '../servers/render';
import { Site } from '../site/schema';
import type { RenderTarget, ServerKind } from '../web-server/render-target';
import { adoptEdit } from './adopt-edit';

const targetOf = (server: ServerKind): RenderTarget => ({
  server,
  version: { nginx: '1.22.1', apache: '2.4.57', caddy: '2.6.2' }[server],
  openssl: '3.0.0',
  layout: 'debian',
  modules: null,
});
const renderOn = (server: ServerKind) => (document: Site) => {
  const file = renderTarget([document], targetOf(server)).files.find(({ role }) => role === 'site');
  return file?.kind === 'file' ? file : null;
};
const site = Site.parse({
  ...defaultSite('generic', 'ci', 'ci.example.com'),
  tls: { mode: 'self-signed' },
  upstreams: [{ servers: [{ address: '127.0.0.1', port: 9000 }] }],
});

describe.each(['nginx', 'apache', 'caddy'] as const)(
  'adoptEdit on %s finds the form’s words for an edit',
  (server) => {
    const render = renderOn(server);
    const text = (document: Site) => render(document)?.content ?? '';
    const edited = (more: Partial<Site>) => Site.parse({ ...site, ...more });
    const sizes = { limits: { bodySizeMib: 37 } };
    const times = { limits: { readTimeoutSeconds: 1234 } };
    const port = { upstreams: [{ ...site.upstreams[0], servers: [{ address: '127.0.0.1', port: 9123 }] }] };

    test.each([
      ['the upstream’s port', port],
      ['a timeout that the form leaves to its default', times],
      ['both at once', { ...times, ...port }],
      ['a size that the form leaves to its default', sizes],
    ])('%s', (_, change) => {
      const wanted = edited(change as Partial<Site>);
      const adoption = adoptEdit({ document: site, live: text(wanted), render });
      expect(adoption && text(adoption.document)).toBe(text(wanted));
    });

    test('what it proposes makes exactly the text, or it proposes nothing', () => {
      for (const live of [
        `${text(site)}# by hand\n`,
        '',
        text(site).replaceAll('9000', '9000; evil'),
        'x\n'.repeat(5000),
      ])
        expect(adoptEdit({ document: site, live, render })).toBeNull();
    });

    test('an unedited file is no edit to adopt', () => {
      expect(adoptEdit({ document: site, live: text(site), render })).toBeNull();
    });
  },
);
