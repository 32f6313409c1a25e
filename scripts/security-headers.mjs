// Headers of every answer, whatever made it. The content security policy of pages is set in `proxy.ts`, since it holds a nonce.

/** @param {boolean} https people reach the dashboard by https */
export const securityHeaders = (https) => ({
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-permitted-cross-domain-policies': 'none',
  ...(https ? { 'strict-transport-security': 'max-age=63072000' } : {}),
});
