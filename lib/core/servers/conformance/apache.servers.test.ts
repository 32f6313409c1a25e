import { describe } from 'vitest';
import { apacheDriver } from './apache-driver';
import { describeConformance } from './suite';

describe('apache', () => {
  describeConformance(apacheDriver);
});
