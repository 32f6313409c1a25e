export interface SiteAddress {
  /** In lower case, empty for any. */
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  /** Empty for all. */
  readonly path: string;
}

/**
 * A key of a site block as httpcaddyfile reads it: `example.com`, `https://example.com:8443/path`, `:8080`, `*.example.com`. A name without scheme
 * and port is served by https; its redirect on the http port answers only where no other block does. `null` for what is no address.
 */
export function siteAddress(
  key: string,
  ports: { readonly http: number; readonly https: number },
  noHttps: boolean,
): SiteAddress | null {
  const [, scheme = '', host = '', port = '', path = ''] =
    /^(?:(https?):\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?(\/.*)?$/i.exec(key) ?? [];
  if (host === '' && port === '' && scheme === '' && path === '') return null;
  const plain = scheme.toLowerCase() === 'http' || Number(port) === ports.http;
  const tls =
    !plain && !noHttps && (scheme !== '' || port === '' || Number(port) === ports.https || isName(host));
  const number = port !== '' ? Number(port) : plain ? ports.http : ports.https;
  const anywhere = host === '' && port === '' && scheme === '';
  return { host: host.toLowerCase(), port: anywhere ? ports.https : number, tls: tls && !plain, path };
}

/** Caddy gets certificates for names, and for addresses of its own. */
const isName = (host: string): boolean => host !== '';
