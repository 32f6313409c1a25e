import type { z } from 'zod';

/**
 * Keeps only what belongs to the chosen branch of a discriminated union. The form remembers what was typed for the other
 * branches, so that choosing back and forth loses nothing.
 */
export function activeBranch(union: z.ZodDiscriminatedUnion, value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { discriminator } = union.def;
  for (const option of union.options) {
    const shape = (option as z.ZodObject).shape;
    const literal = shape[discriminator] as z.ZodLiteral | undefined;
    if (!literal?.values.has(value[discriminator] as string)) continue;
    return Object.fromEntries(Object.entries(value).filter(([key]) => key in shape));
  }
  return value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
