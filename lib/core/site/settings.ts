import { z } from 'zod';
import { fieldWords, type PathPart } from './field-words';
import { Site } from './schema';

export interface Setting {
  /** Field of the document, `['limits', 'bodySizeMib']`. */
  readonly path: readonly string[];
  /** In the form's own words. */
  readonly words: string;
}

/** Said elsewhere than among the settings. */
const notSettings = new Set(['schemaVersion']);

/** Every setting of a site that can be found by its words: fields of the document, and those of the groups that it has. */
export const siteSettings: readonly Setting[] = settingsOf(Site, []);

function settingsOf(object: z.ZodObject, above: readonly string[]): readonly Setting[] {
  return Object.entries(object.shape).flatMap(([name, field]): readonly Setting[] => {
    if (above.length === 0 && notSettings.has(name)) return [];
    const path = [...above, name];
    const parts = path.map((text): PathPart => ({ kind: 'field', text }));
    const own = { path, words: fieldWords(parts) };
    const inner = bare(field as z.ZodType);
    return inner instanceof z.ZodObject ? [own, ...settingsOf(inner, path)] : [own];
  });
}

function bare(field: z.ZodType): z.ZodType {
  return field instanceof z.ZodDefault || field instanceof z.ZodOptional
    ? bare(field.unwrap() as z.ZodType)
    : field;
}
