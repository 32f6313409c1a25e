import type { ResolvedSite } from '../../resolve/resolved';
import type { RenderTarget } from '../../web-server/render-target';
import { rememberLocations } from '../remember-locations';
import { accessModules } from './access';
import { hasCapability } from './capabilities';
import { isPrefork } from './vhost';

/** Modules a site needs, by the names that `a2enmod` takes, sorted. The MPM and mod_log_config are there on every server. */
export function neededModules(site: ResolvedSite, target: RenderTarget): readonly string[] {
  const modules = new Set(['authz_core', 'headers', 'rewrite']);
  const add = (...names: readonly string[]) => {
    for (const name of names) modules.add(name);
  };
  const upstreams = new Set<string>();
  for (const vhost of site.vhosts) {
    if (vhost.tls !== null) add('ssl', 'socache_shmcb');
    if (vhost.tls !== null && vhost.listen.http2.value && !isPrefork(target)) add('http2');
    if (vhost.trustedProxies.length > 0 || vhost.listen.proxyProtocol.value) add('remoteip');
    const needs = locationNeeds(vhost, target);
    for (const module of needs.modules) modules.add(module);
    for (const name of needs.upstreams) upstreams.add(name);
  }
  for (const { name, policy, tls } of site.upstreams) {
    if (!upstreams.has(name)) continue;
    if (policy.value === 'least-connections') add('lbmethod_bybusyness');
    if (tls !== null) add('ssl', 'socache_shmcb');
  }
  return [...modules].sort();
}

/** What locations need by themselves, and the upstreams that they pass requests to. */
const locationNeeds = rememberLocations((locations, { version }) => {
  const modules = new Set<string>();
  const upstreams = new Set<string>();
  const add = (...names: readonly string[]) => {
    for (const name of names) modules.add(name);
  };
  for (const { access, action } of locations) {
    add(...accessModules(access));
    if (action.kind === 'static') add('alias', 'mime', 'dir', ...(action.listing.value ? ['autoindex'] : []));
    if (action.kind !== 'proxy') continue;
    add('proxy', 'proxy_http', 'proxy_balancer', 'slotmem_shm', 'lbmethod_byrequests');
    if (action.upgrade.value && !hasCapability(version, 'upgradeParameter')) add('proxy_wstunnel');
    if (action.requestBuffering.value && action.requestBuffering.origin.path !== null) add('env');
    upstreams.add(action.upstream.value);
  }
  return { modules, upstreams };
});
