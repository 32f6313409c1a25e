import { describe } from 'vitest';
import { nginxDriver } from '../nginx-driver';
import { describeExplanations } from './suite';

describe('nginx', () => {
  describeExplanations(nginxDriver);
});
