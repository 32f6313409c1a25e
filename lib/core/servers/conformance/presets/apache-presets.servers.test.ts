import { describe } from 'vitest';
import { apacheDriver } from '../apache-driver';
import { describePresets } from './preset-matrix';

describe('presets on apache', () => {
  describePresets(apacheDriver);
});
