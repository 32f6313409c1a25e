import { z } from 'zod';
import { roleNames } from './role-names';

export const Role = z.enum(roleNames);
export type Role = z.infer<typeof Role>;
