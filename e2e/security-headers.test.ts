import { NextRequest } from 'next/server';
import { expect, test } from 'vitest';
import { contentSecurityPolicy, proxy } from '../proxy';
import { securityHeaders } from '../scripts/security-headers.mjs';

const policyOf = () =>
  proxy(new NextRequest('http://localhost/sign-in')).headers.get('content-security-policy') ?? '';

test('class "script injection": pages run scripts with this answer’s nonce only, and cannot be framed or rebased', () => {
  const policy = policyOf();
  expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic';/);
  for (const part of [
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    expect(policy.split('; ')).toContain(part);
  }
  expect(policy).not.toMatch(/script-src[^;]*unsafe/);
});

test('each answer has a nonce of its own', () => {
  expect(new Set(Array.from({ length: 20 }, policyOf)).size).toBe(20);
});

test('evaluating code is for development only', () => {
  expect(contentSecurityPolicy('n', false)).not.toContain('unsafe-eval');
  expect(contentSecurityPolicy('n', true)).toContain('unsafe-eval');
});

test('https is made to stay only where people use https', () => {
  expect(securityHeaders(true)).toHaveProperty('strict-transport-security');
  expect(securityHeaders(false)).not.toHaveProperty('strict-transport-security');
  expect(securityHeaders(false)).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
});
