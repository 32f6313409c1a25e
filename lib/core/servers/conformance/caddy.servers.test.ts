import { describe } from 'vitest';
import { caddyDriver } from './caddy-driver';
import { describeConformance } from './suite';

describe('caddy', () => {
  describeConformance(caddyDriver);
});
