import 'server-only';
import { z } from 'zod';

const words = z
  .string()
  .default('')
  .transform((text) =>
    text
      .toLowerCase()
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

/** Variables of the environment that let somebody else say who signs in. */
export const signInVariables = {
  /** Header in which a trusted proxy names the person by e-mail address. */
  GATEHOUSE_SIGN_IN_HEADER: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,64}$/, 'must be the name of a header such as X-Forwarded-Email')
    .transform((name) => name.toLowerCase())
    .optional(),
  GATEHOUSE_OIDC_ISSUER: z
    .url({ protocol: /^https?$/ })
    .refine(
      (url) => url.startsWith('https:') || /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])[:/]/.test(url),
      'must begin with https://',
    )
    .optional(),
  GATEHOUSE_OIDC_CLIENT_ID: z.string().min(1).optional(),
  GATEHOUSE_OIDC_CLIENT_SECRET_FILE: z.string().min(1).optional(),
  /** What the button at sign-in says. */
  GATEHOUSE_OIDC_NAME: z.string().min(1).max(60).default('single sign-on'),
  /** E-mail domains whose people may come without an invitation, separated by commas. */
  GATEHOUSE_OIDC_DOMAINS: words,
};
type Variables = z.output<z.ZodObject<typeof signInVariables>>;
type Given = Variables & {
  GATEHOUSE_PUBLIC_URL?: string | undefined;
  GATEHOUSE_TRUSTED_PROXIES: readonly string[];
};

export interface OidcSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string | null;
  readonly name: string;
  readonly domains: readonly string[];
  /** Where people come back to. */
  readonly publicOrigin: string;
}

/** The header that says who asks, in lower case; `null` where none counts. Refused where anybody could send it. */
export function signInHeader(given: Given, context: z.core.$RefinementCtx): string | null {
  const name = given.GATEHOUSE_SIGN_IN_HEADER;
  if (!name) return null;
  if (given.GATEHOUSE_TRUSTED_PROXIES.length > 0) return name;
  const path = ['GATEHOUSE_SIGN_IN_HEADER'];
  const message = 'anybody could send this header: name the proxies that may, in GATEHOUSE_TRUSTED_PROXIES';
  context.addIssue({ code: 'custom', path, message });
  return null;
}

/** The OpenID provider, `null` where none is set up. */
export function oidcSettings(given: Given, context: z.core.$RefinementCtx): OidcSettings | null {
  const { GATEHOUSE_OIDC_ISSUER: issuer, GATEHOUSE_OIDC_CLIENT_ID: clientId } = given;
  if (!issuer) return null;
  const missing = (name: string) =>
    context.addIssue({ code: 'custom', path: [name], message: 'is needed with GATEHOUSE_OIDC_ISSUER' });
  if (!clientId) missing('GATEHOUSE_OIDC_CLIENT_ID');
  if (!given.GATEHOUSE_PUBLIC_URL) missing('GATEHOUSE_PUBLIC_URL');
  if (!clientId || !given.GATEHOUSE_PUBLIC_URL) return null;
  return {
    issuer,
    clientId,
    clientSecretFile: given.GATEHOUSE_OIDC_CLIENT_SECRET_FILE ?? null,
    name: given.GATEHOUSE_OIDC_NAME,
    domains: given.GATEHOUSE_OIDC_DOMAINS,
    publicOrigin: new URL(given.GATEHOUSE_PUBLIC_URL).origin,
  };
}
