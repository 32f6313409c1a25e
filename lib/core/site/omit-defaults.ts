import { z } from 'zod';
import { isObject, own, sameJson } from './json-value';

/**
 * A value without what the schema would fill in, and with its keys in the schema's order: as short as a person would write it, and the same
 * whatever order the fields were touched in. Parsing the result gives the value back.
 */
export function omitDefaults(schema: z.core.$ZodType, value: unknown): unknown {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return omitDefaults(schema.unwrap(), value);
  }
  if (schema instanceof z.ZodArray && Array.isArray(value)) {
    return value.map((part) => omitDefaults(schema.element, part));
  }
  if (schema instanceof z.ZodObject && isObject(value)) {
    const fields = Object.entries(schema.shape as Record<string, z.core.$ZodType>).flatMap(([key, field]) => {
      const part = own(value, key);
      const isDefault = field instanceof z.ZodDefault && sameJson(part, field.def.defaultValue);
      return part === undefined || isDefault ? [] : [[key, omitDefaults(field, part)]];
    });
    return Object.fromEntries(fields);
  }
  if (schema instanceof z.ZodUnion) {
    const fitting = schema.options.find((option) => z.safeParse(option, value).success);
    return fitting ? omitDefaults(fitting, value) : value;
  }
  return value;
}
