import type { Prefix } from '#core/site/schema';

export const prefixModeTitles: Record<Prefix['mode'], string> = {
  none: 'At the root',
  fixed: 'Fixed by the application:',
  keep: 'Below a prefix that the application knows:',
  strip: 'Below a prefix that the proxy takes off:',
  add: 'At the root, with a prefix added for the application:',
  rewrite: 'Prefixes rewritten:',
};
