import { describe } from 'vitest';
import { nginxDriver } from '../nginx-driver';
import { describeSpellings } from './suite';

describe('nginx', () => {
  describeSpellings(nginxDriver);
});
