import { describe } from 'vitest';
import { nginxDriver } from './nginx-driver';
import { describeConformance } from './suite';

describe('nginx', () => {
  describeConformance(nginxDriver);
});
