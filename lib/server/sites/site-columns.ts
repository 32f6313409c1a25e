import 'server-only';
import { allHostnames } from '#core/site/all-hostnames';
import { publicUrl } from '#core/site/public-url';
import type { Site } from '#core/site/schema';

/** All names that a site answers to. */
export const namesOf = (document: Site): string[] => allHostnames(document).map(({ name }) => name);

/** Columns that repeat parts of the head document, so that lists need not read documents. */
export const siteColumns = (document: Site) => ({
  name: document.name,
  preset: document.preset,
  hostnames: ` ${namesOf(document).join(' ')} `,
  publicUrl: publicUrl(document),
});

/** The names in the column. */
export const splitNames = (column: string): string[] => column.split(' ').filter(Boolean);
