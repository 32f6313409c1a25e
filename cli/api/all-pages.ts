/** Rows of a list that comes in pages, up to `most`. */
export async function allPages<T>(
  page: (cursor: string | undefined) => Promise<{ items: T[]; next: string | null }>,
  most = Number.POSITIVE_INFINITY,
): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await page(cursor);
    rows.push(...items);
    cursor = next ?? undefined;
  } while (cursor !== undefined && rows.length < most);
  return rows.slice(0, most);
}
