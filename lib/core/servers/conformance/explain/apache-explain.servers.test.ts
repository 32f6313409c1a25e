import { describe } from 'vitest';
import { apacheDriver } from '../apache-driver';
import { describeExplanations } from './suite';

describe('apache', () => {
  describeExplanations(apacheDriver);
});
