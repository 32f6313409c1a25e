import { describe } from 'vitest';
import { nginxDriver } from '../nginx-driver';
import { describePresets } from './preset-matrix';

describe('presets on nginx', () => {
  describePresets(nginxDriver);
});
