import type { LintRule } from './lint-rule';
import { clearTextUpstream } from './rules/clear-text-upstream';
import { contentSecurityPolicy } from './rules/content-security-policy';
import { corsAnyOrigin } from './rules/cors-any-origin';
import { forwardedHeaders } from './rules/forwarded-headers';
import { headerOverride } from './rules/header-override';
import { hstsOtherPort } from './rules/hsts-other-port';
import { hstsPlainHost } from './rules/hsts-plain-host';
import { hstsRemoved } from './rules/hsts-removed';
import { hstsSharedHost } from './rules/hsts-shared-host';
import { jsonLogHeaders } from './rules/json-log-headers';
import { localhostUpstream } from './rules/localhost-upstream';
import { looseCookies } from './rules/loose-cookies';
import { metadataUpstream } from './rules/metadata-upstream';
import { noSignIn } from './rules/no-sign-in';
import { openBypass } from './rules/open-bypass';
import { originHeader } from './rules/origin-header';
import { ownSecurityHeaders } from './rules/own-security-headers';
import { plainHttp } from './rules/plain-http';
import { plainSignInPage } from './rules/plain-sign-in-page';
import { privilegedUpstream } from './rules/privileged-upstream';
import { secretInHeader } from './rules/secret-in-header';
import { secretsInLog } from './rules/secrets-in-log';
import { staticDirectory } from './rules/static-directory';
import { suffixBypass } from './rules/suffix-bypass';
import { wideTrustedProxies } from './rules/wide-trusted-proxies';
import { wildcardHost } from './rules/wildcard-host';

/** Every piece of advice; the folder and this list are held together by a test. */
export const lintRules = {
  clearTextUpstream,
  contentSecurityPolicy,
  corsAnyOrigin,
  forwardedHeaders,
  headerOverride,
  hstsOtherPort,
  hstsPlainHost,
  hstsRemoved,
  hstsSharedHost,
  jsonLogHeaders,
  localhostUpstream,
  looseCookies,
  metadataUpstream,
  noSignIn,
  openBypass,
  originHeader,
  ownSecurityHeaders,
  plainHttp,
  plainSignInPage,
  privilegedUpstream,
  secretInHeader,
  secretsInLog,
  staticDirectory,
  suffixBypass,
  wideTrustedProxies,
  wildcardHost,
} as const satisfies Record<string, LintRule>;
