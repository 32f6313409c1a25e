import { describe } from 'vitest';
import { apacheDriver } from './apache-driver';
import { describeSyntax } from './syntax-suite';

describe('the real Apache accepts without a warning', () => {
  describeSyntax({
    driver: apacheDriver,
    versions: ['2.4.37', '2.4.46', null],
    users: 'alice:$apr1$x$y\n',
  });
});
