import 'server-only';

/** A pattern for LIKE with `ESCAPE '\'` that finds the text anywhere, with the characters that patterns give a meaning as themselves. */
export const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
