import { checkOrder, verdict } from '#server/hosts/check-line';
import { StoredFacts } from '#server/hosts/stored-facts';

const servers = ['nginx', 'apache', 'caddy'] as const;
const modules = {
  nginx:
    'http_ssl http_v2 http_realip http_addition http_xslt http_image_filter http_sub http_dav http_flv http_mp4 http_gunzip http_gzip_static http_random_index http_secure_link http_slice http_stub_status http_auth_request mail mail_ssl stream stream_ssl stream_ssl_preread stream_realip',
  apache:
    'core so http log_config logio watchdog version unixd access_compat alias auth_basic authn_core authn_file authz_core authz_host authz_user autoindex deflate dir env filter headers mime mpm_event negotiation proxy proxy_http proxy_wstunnel reqtimeout rewrite setenvif socache_shmcb ssl status http2',
  caddy: 'http tls pki events storage',
};
/** Releases that one fleet runs side by side. */
const versions = {
  nginx: ['1.22.1', '1.24.0', '1.26.3'],
  apache: ['2.4.57', '2.4.62'],
  caddy: ['2.6.2', '2.8.4'],
};

export const serverOf = (index: number) => servers[index % servers.length] ?? 'nginx';

/** A host as it is kept after its check list has run: what it is, and every line of the list with its text. */
export function seenHost(index: number) {
  const server = serverOf(index);
  const known = versions[server];
  const at = new Date(Date.UTC(2026, 0, 1) + index * 60_000);
  const facts: StoredFacts = StoredFacts.parse({
    operatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    distribution: 'debian',
    servers: [
      {
        server,
        version: known[Math.floor(index / servers.length) % known.length] ?? null,
        openssl: server === 'caddy' ? null : '3.0.15',
        layout: 'debian',
        modules: modules[server].split(' '),
        running: true,
      },
    ],
  });
  const message =
    'Said in a sentence about as long as this one, with a path such as /etc/nginx/sites-enabled.';
  return {
    transport: 'ssh',
    address: `192.0.2.${index % 250}`,
    publicKey: `ssh-ed25519 ${'A'.repeat(68)} gatehouse-web-h${index}`,
    hostKeyType: 'ssh-ed25519',
    hostKeyFingerprint: `SHA256:${String(index).padStart(43, 'A')}`,
    facts,
    checks: checkOrder.map((id) => verdict(id, { status: index % 50 === 49 ? 'failed' : 'ok', message })),
    checkedAt: at,
    lastSeenAt: at,
  };
}
