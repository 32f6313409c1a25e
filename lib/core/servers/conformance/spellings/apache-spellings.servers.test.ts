import { describe } from 'vitest';
import { apacheDriver } from '../apache-driver';
import { describeSpellings } from './suite';

describe('apache', () => {
  describeSpellings(apacheDriver);
});
