import { describe, expect, it } from 'vitest';
import { Hostname, Slug } from '#core/site/text';
import { cleanHostname, slugOf } from './clean-hostname';

describe('cleanHostname', () => {
  it('finds the name in what people paste', () => {
    expect(cleanHostname(' https://CI.Example.com:8443/buildbot/?x=1 ')).toBe('ci.example.com');
    expect(cleanHostname('ci.example.com/')).toBe('ci.example.com');
    expect(cleanHostname('*.example.com')).toBe('*.example.com');
  });

  it('leaves alone what is no address, so that the person sees what is wrong', () => {
    expect(cleanHostname('two names')).toBe('two names');
    expect(cleanHostname('')).toBe('');
  });
});

describe('slugOf', () => {
  it('makes a name that the schema accepts', () => {
    for (const hostname of [
      'ci.example.com',
      '*.builds.example.org',
      `${'a'.repeat(60)}.${'b'.repeat(60)}.org`,
    ]) {
      expect(Hostname.safeParse(hostname).success).toBe(true);
      expect(Slug.safeParse(slugOf(hostname)).success).toBe(true);
    }
    expect(slugOf('ci.example.com')).toBe('ci-example-com');
  });
});
