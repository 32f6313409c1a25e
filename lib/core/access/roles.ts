import { z } from 'zod';

/** What a member may do in a team, from least to most. */
export const Role = z.enum(['viewer', 'editor', 'operator', 'admin']);
export type Role = z.infer<typeof Role>;
