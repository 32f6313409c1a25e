import type { ResolvedLocation, ResolvedSite } from '../../site/resolved';
import type { RenderTarget } from '../types';
import { accessModules } from './access';
import { hasCapability } from './capabilities';
import { isPrefork } from './vhost';

/** Modules a site needs, by the names that `a2enmod` takes, sorted. The MPM and mod_log_config are there on every server. */
export function neededModules(site: ResolvedSite, target: RenderTarget): readonly string[] {
  const modules = new Set(['authz_core', 'headers', 'rewrite']);
  const add = (...names: readonly string[]) => {
    for (const name of names) modules.add(name);
  };
  for (const vhost of site.vhosts) {
    if (vhost.tls !== null) add('ssl', 'socache_shmcb');
    if (vhost.tls !== null && vhost.listen.http2.value && !isPrefork(target)) add('http2');
    if (vhost.trustedProxies.length > 0 || vhost.listen.proxyProtocol.value) add('remoteip');
    for (const location of vhost.locations) add(...locationModules(location, site, target));
  }
  return [...modules].sort();
}

function locationModules(
  location: ResolvedLocation,
  site: ResolvedSite,
  target: RenderTarget,
): readonly string[] {
  const { action } = location;
  const modules = [...accessModules(location.access)];
  if (action.kind === 'static') modules.push('alias', 'mime', 'dir');
  if (action.kind !== 'proxy') return modules;
  modules.push('proxy', 'proxy_http', 'proxy_balancer', 'slotmem_shm', 'lbmethod_byrequests');
  const upstream = site.upstreams.find(({ name }) => name === action.upstream.value);
  if (upstream?.policy.value === 'least-connections') modules.push('lbmethod_bybusyness');
  if (upstream?.tls) modules.push('ssl', 'socache_shmcb');
  if (action.upgrade.value && !hasCapability(target.version, 'upgradeParameter'))
    modules.push('proxy_wstunnel');
  return modules;
}
