import { createClient } from '#api/client';

/** The browser's client: same origin, session cookie. */
export const { call } = createClient({ baseUrl: '', fetch: (url, init) => fetch(url, init) });
