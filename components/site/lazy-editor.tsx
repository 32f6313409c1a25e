import { lazy } from 'react';

const load = () => import('./editor/site-editor');

/**
 * The editor carries every schema, preset and renderer: as much script again as the page around it. It is asked for as soon as the page knows that it is
 * going to be needed, beside the site's own data, and the page is shown meanwhile. Not `later`, because the page's heading moves into it: the caller
 * says what is shown there until then.
 */
export const LaterEditor = lazy(async () => ({ default: (await load()).SiteEditor }));

/** Begins to load it. */
export const loadEditor = () => void load();
