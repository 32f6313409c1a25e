import { describe } from 'vitest';
import { caddyDriver } from '../caddy-driver';
import { describeSpellings } from './suite';

describe('caddy', () => {
  describeSpellings(caddyDriver);
});
