import type { ResolvedVhost } from '../../../resolve/resolved';
import { also, type LineOrigin } from '../../../site/origin';
import type { RenderTarget } from '../../../web-server/render-target';
import { because, can } from '../capabilities';
import { type Argument, type Directive, directive } from '../tree';
import type { IssueList } from './issue-list';

/** `listen` lines of a server, in the form that this nginx understands. */
export function listenDirectives(
  vhost: ResolvedVhost,
  target: RenderTarget,
  issues: IssueList,
): readonly Directive[] {
  const { port, ipv6, http2, proxyProtocol } = vhost.listen;
  const options: Argument[] = [];
  if (vhost.tls) options.push('ssl');
  const http2Parameter = http2.value && !can(target, 'http2Directive');
  if (http2Parameter) options.push('http2');
  if (proxyProtocol.value) options.push('proxy_protocol');
  const form = http2Parameter ? 'http2 as a parameter' : 'http2 in a line of its own';
  const formReason = `${form}: ${because(target, 'http2Directive')}`;
  const explained = (origin: LineOrigin) => (http2.value ? also(origin, formReason) : origin);
  return [
    directive(explained(port.origin), 'listen', String(port.value), ...options),
    ...(ipv6.value ? [directive(explained(ipv6.origin), 'listen', `[::]:${port.value}`, ...options)] : []),
    ...quic(vhost, target, issues),
    ...(can(target, 'http2Directive') && vhost.tls
      ? [
          directive(
            { path: http2.origin.path, why: because(target, 'http2Directive') },
            'http2',
            http2.value ? 'on' : 'off',
          ),
        ]
      : []),
  ];
}

/** Addresses of a port as `listen` takes them. */
export const listenAddresses = (port: number, ipv6: boolean): readonly string[] =>
  ipv6 ? [String(port), `[::]:${port}`] : [String(port)];

/** Whether this server also speaks HTTP/3. */
export function hasQuic(vhost: ResolvedVhost, target: RenderTarget): boolean {
  return vhost.listen.http3.value && can(target, 'quic');
}

function quic(vhost: ResolvedVhost, target: RenderTarget, issues: IssueList): readonly Directive[] {
  const { port, ipv6, http3, proxyProtocol } = vhost.listen;
  if (!http3.value) return [];
  if (!can(target, 'quic')) {
    issues.gated(
      'nginx.http3',
      'quic',
      http3.origin.path,
      'HTTP/3',
      'Switch HTTP/3 off or use a newer nginx.',
    );
    return [];
  }
  if (proxyProtocol.value) {
    issues.error(
      'nginx.http3-proxy-protocol',
      http3.origin.path,
      'HTTP/3 cannot be combined with the PROXY protocol',
      'Switch one of them off.',
    );
  }
  if (!can(target, 'safeQuic')) {
    issues.advice(
      'nginx.http3-old',
      http3.origin.path,
      `HTTP/3 of nginx ${target.version} has known memory bugs, fixed up to 1.31.2`,
      'Check that your distribution has patched them, or switch HTTP/3 off.',
    );
  }
  const why = { path: http3.origin.path, why: 'HTTP/3: nginx ≥ 1.25.0' };
  return [
    directive(why, 'listen', String(port.value), 'quic'),
    ...(ipv6.value ? [directive(why, 'listen', `[::]:${port.value}`, 'quic')] : []),
  ];
}

/** Tells browsers that the same name answers over HTTP/3; belongs to every set of response headers. */
export function altSvc(vhost: ResolvedVhost, target: RenderTarget): readonly Directive[] {
  if (!hasQuic(vhost, target)) return [];
  const { port, http3 } = vhost.listen;
  return [
    directive(
      { path: http3.origin.path, why: 'browsers learn of HTTP/3' },
      'add_header',
      'Alt-Svc',
      `h3=":${port.value}"; ma=86400`,
      'always',
    ),
  ];
}
