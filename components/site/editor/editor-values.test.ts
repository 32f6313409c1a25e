import { describe, expect, it } from 'vitest';
import { defaultSite } from '#core/presets/default-site';
import { presetIds } from '#core/presets/index';
import { Site, type SiteInput } from '#core/site/schema';
import { siteFromTemplate, templateOf } from '#core/site/site-template';
import { fullSites } from '#core/site/testing/full-site';
import { analyse, previewSite } from './analyse';
import { toDocument, toValues } from './editor-values';

const rich: SiteInput = {
  schemaVersion: 1,
  name: 'ci',
  preset: 'generic',
  hostnames: ['ci.example.com', '*.ci.example.com'],
  publicAddress: { scheme: 'https', port: 8443 },
  prefix: { mode: 'rewrite', rules: [{ from: '/a/', to: '/b/' }] },
  tls: { mode: 'files', certificate: '/etc/ssl/ci.pem', key: '/etc/ssl/ci.key' },
  hsts: { maxAgeSeconds: 86_400, includeSubDomains: true },
  upstreams: [
    {
      name: 'main',
      scheme: 'https',
      servers: [
        { address: '::1', port: 8080 },
        { socket: '/run/ci.sock', backup: true },
      ],
      verify: { mode: 'ca-file', caFile: '/etc/ca.pem' },
    },
    { name: 'auth', servers: [{ address: 'auth.internal', port: 4180 }] },
  ],
  locations: [
    {
      match: { kind: 'header', name: 'Content-Type', startsWith: 'application/grpc' },
      class: 'grpc',
      responseBuffering: false,
    },
    {
      match: { kind: 'exact', path: '/ws' },
      class: 'ws',
      limits: { readTimeoutSeconds: 7200 },
      requestHeaders: [{ op: 'remove', name: 'Cookie' }],
    },
  ],
  extraHosts: [
    { purpose: 'grpc', hostnames: ['grpc.example.com'], upstream: 'main', tls: { mode: 'self-signed' } },
  ],
  access: { auth: { mode: 'forward', upstream: 'auth', path: '/auth' }, userHeader: { name: 'X-User' } },
};

describe('the form’s values', () => {
  it('give back exactly the document they were made from, so that opening and saving changes nothing', () => {
    const documents = [
      Site.parse(rich),
      ...presetIds.map((preset) => defaultSite(preset, 'ci', 'ci.example.com')),
    ];
    for (const document of documents) {
      expect(Site.parse(toDocument(toValues(document, [])))).toEqual(document);
      expect(analyse(toValues(document, [])).site).toEqual(document);
    }
  });

  it('remember what was typed for a mode that is not chosen, without saving it', () => {
    const values = toValues(Site.parse(rich), []);
    const tls = values.document.tls as Record<string, unknown>;
    tls.mode = 'self-signed';
    expect(toDocument(values).tls).toEqual({ mode: 'self-signed' });
    tls.mode = 'files';
    expect(toDocument(values).tls).toEqual(rich.tls);
    values.switches.hsts = false;
    expect(toDocument(values)).not.toHaveProperty('hsts');
    values.switches.hsts = true;
    expect(toDocument(values).hsts).toEqual({
      maxAgeSeconds: 86_400,
      includeSubDomains: true,
      preload: false,
    });
  });

  it('keep what is no number as it was typed and name the field', () => {
    const values = toValues(defaultSite('buildbot', 'ci', 'ci.example.com'), []);
    values.document.httpsPort = '84x3';
    const { site, issues } = analyse(values);
    expect(site).toBeNull();
    expect(issues.map(({ path }) => path)).toEqual([['httpsPort']]);
    expect(toDocument(values).httpsPort).toBe('84x3');
  });

  it('show a preview before anything was typed', () => {
    for (const preset of presetIds) {
      const values = toValues(defaultSite(preset, '', ''), []);
      expect(previewSite(values, analyse(values))?.hostnames).toEqual(['ci.example.com']);
    }
  });

  it('show a preview of what a template leaves to be filled in', () => {
    for (const site of fullSites.map((full) => Site.parse(full))) {
      const values = toValues(siteFromTemplate(templateOf(site)), []);
      const preview = previewSite(values, analyse(values));
      expect(preview?.upstreams.map(({ servers }) => servers.length)).toEqual(site.upstreams.map(() => 1));
      expect(preview?.hostnames).toEqual(['ci.example.com']);
    }
  });
});
