import type { Site } from '#core/site/schema';

/** A site document as text to read and compare. */
export async function documentText(document: Site | Record<string, unknown>): Promise<string> {
  const { stringify } = await import('yaml');
  return stringify(document, { lineWidth: 0 });
}
