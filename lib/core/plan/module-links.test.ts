import { describe, expect, test } from 'vitest';
import type { RenderTarget } from '../web-server/render-target';
import { moduleLinks } from './module-links';

const target = (modules: string[] | null): RenderTarget => ({
  server: 'apache',
  version: '2.4.71',
  openssl: null,
  layout: 'debian',
  modules,
});
const available = [
  { name: 'proxy_http', needs: ['proxy'], config: false },
  { name: 'proxy', needs: [], config: true },
];
const linked = (path: string, to: string) => ({
  file: { kind: 'link', path: `/etc/apache2/mods-enabled/${path}`, target: `../mods-available/${to}` },
  role: 'enable',
});

describe('Apache modules to switch on are part of the plan (G6)', () => {
  test('with what they need, and their settings', () => {
    const { entries, issues } = moduleLinks(['proxy_http'], target(['headers']), available, []);
    expect(issues).toEqual([]);
    expect(entries).toMatchObject([
      linked('proxy.load', 'proxy.load'),
      linked('proxy.conf', 'proxy.conf'),
      linked('proxy_http.load', 'proxy_http.load'),
    ]);
  });

  test('loaded modules are left alone, unless it was us who switched them on', () => {
    const loaded = target(['proxy', 'proxy_http']);
    expect(moduleLinks(['proxy_http'], loaded, available, []).entries).toEqual([]);
    const path = '/etc/apache2/mods-enabled/proxy.load';
    const own = {
      document: { kind: 'link' as const, path, target: '../mods-available/proxy.load' },
      role: 'enable' as const,
      site: null,
    };
    expect(moduleLinks(['proxy_http'], loaded, available, [own]).entries).toMatchObject([
      linked('proxy.load', 'proxy.load'),
    ]);
  });

  test('one that is not installed is an error', () => {
    expect(moduleLinks(['proxy_wstunnel'], target([]), available, []).issues).toMatchObject([
      { code: 'host.module-missing', severity: 'error' },
    ]);
  });

  test('nothing is claimed about modules that nobody knows', () => {
    expect(moduleLinks(['proxy_http'], target(null), available, [])).toEqual({ entries: [], issues: [] });
  });
});
