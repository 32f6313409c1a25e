import { describe } from 'vitest';
import { caddyDriver } from './caddy-driver';
import { describeSyntax } from './syntax-suite';

describe('the real Caddy accepts without a warning', () => {
  describeSyntax({
    driver: caddyDriver,
    versions: [],
    users: 'alice $2b$04$o.P4ww7N2YCWm8AsGME9..QfXv3gz4suo0g1sTsaq.C9CUeyjX0s.\n',
  });
});
