import type { Issue } from '../issue';
import { allLocations, error, type Rule, warning } from './rule';

const everybody = new Set(['0.0.0.0/0', '::/0']);

/** Sign-in at the proxy protects what it promises to protect. */
export const signIn: Rule = (site, preset) => {
  const { access } = site;
  const issues: Issue[] = [];
  if (access.satisfy === 'any') {
    if (access.auth.mode === 'none' || access.ip.allow.length === 0) {
      issues.push(
        error(
          'site.satisfy-any',
          ['access', 'satisfy'],
          '“any” needs both allowed addresses and a sign-in to choose from',
        ),
      );
    }
    if (access.ip.deny.length > 0) {
      issues.push(
        error(
          'site.satisfy-any-deny',
          ['access', 'ip', 'deny'],
          'with “any” a denied address could still sign in',
          'Use “all”, or remove the denied addresses.',
        ),
      );
    }
  }
  access.ip.allow.forEach((range, index) => {
    if (!everybody.has(range)) return;
    const path = ['access', 'ip', 'allow', index];
    issues.push(
      access.satisfy === 'any'
        ? error('site.allow-everybody', path, 'allowing everybody switches the sign-in off')
        : warning('site.allow-everybody', path, 'this allows everybody'),
    );
  });
  if (access.auth.mode === 'basic' && site.tls.mode === 'none' && site.publicAddress?.scheme !== 'https') {
    issues.push(
      warning('site.basic-clear-text', ['access', 'auth'], 'passwords travel in clear text without TLS'),
    );
  }
  // With a user header the application takes the name from the proxy, so nobody signs in twice.
  if (
    access.auth.mode !== 'none' &&
    !access.userHeader &&
    preset.authorization.value === 'keep' &&
    preset.signsIn !== false
  ) {
    issues.push(
      warning(
        'site.basic-with-own-auth',
        ['access', 'auth'],
        `${preset.title} signs people in by itself, and its API clients cannot send two passwords at once`,
        'Paths of agents and hooks stay free; other API clients must sign in here too.',
      ),
    );
  }
  if (
    access.auth.mode !== 'none' &&
    !access.presetBypass &&
    preset.locations.some((location) => location.access === 'bypass-auth')
  ) {
    issues.push(
      warning(
        'site.no-bypass',
        ['access', 'presetBypass'],
        `agents and hooks of ${preset.title} must sign in at the proxy, which most of them cannot`,
      ),
    );
  }
  return [...issues, ...userIssues(site)];
};

/** `{user}` is only a checked name under basic authentication that nothing can replace. */
function userIssues(site: Parameters<Rule>[0]): readonly Issue[] {
  const { access } = site;
  if (access.auth.mode === 'basic' && access.satisfy === 'all') return [];
  const issues: Issue[] = [];
  const why =
    access.auth.mode === 'basic'
      ? 'with “any” nobody need sign in, so the name could be made up'
      : 'the name of a user is only known with basic authentication';
  if (access.userHeader) issues.push(error('site.user-header', ['access', 'userHeader'], why));
  const lists = [
    { rules: site.requestHeaders, path: ['requestHeaders'] as Issue['path'] },
    ...allLocations(site).map(({ location, path }) => ({
      rules: location.requestHeaders,
      path: [...path, 'requestHeaders'],
    })),
  ];
  for (const { rules, path } of lists) {
    rules.forEach((rule, index) => {
      if (rule.op === 'set' && rule.value.replaceAll('{{', '').includes('{user}')) {
        issues.push(error('site.user-placeholder', [...path, index, 'value'], why));
      }
    });
  }
  return issues;
}
