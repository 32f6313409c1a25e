import { describe } from 'vitest';
import { caddyDriver } from '../caddy-driver';
import { describeExplanations } from './suite';

describe('caddy', () => {
  describeExplanations(caddyDriver);
});
