import { type NextRequest, NextResponse } from 'next/server';

/** What a page may load: only our own files, and scripts only with this answer's nonce. */
export function contentSecurityPolicy(nonce: string, development: boolean): string {
  // Live reloading evaluates code and talks over a WebSocket.
  const script = development ? " 'unsafe-eval'" : '';
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${script}`,
    // Components set inline styles; styles cannot run code or send anything away, since images and fonts are our own too.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ');
}

/** Puts a fresh nonce into every page. Next finds it in the policy and stamps its own scripts with it. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  return response;
}

/** Pages only: the interface for programs sets its own policy, and files need none. */
export const config = { matcher: ['/((?!api/|_next/static/|favicon.ico).*)'] };
