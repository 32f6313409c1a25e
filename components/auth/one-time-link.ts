/** The two parts of a one-time link: what it is looked up by, and what it is used with. `null` when it was cut short. */
export function oneTimeLink(fragment: string): { id: string; secret: string } | null {
  const [, id, secret] = /^([\w-]{1,64})\.([\w-]{1,128})$/.exec(fragment) ?? [];
  return id && secret ? { id, secret } : null;
}
