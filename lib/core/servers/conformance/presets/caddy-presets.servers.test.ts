import { describe } from 'vitest';
import { caddyDriver } from '../caddy-driver';
import { describePresets } from './preset-matrix';

describe('presets on caddy', () => {
  describePresets(caddyDriver);
});
