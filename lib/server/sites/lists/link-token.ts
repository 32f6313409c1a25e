import 'server-only';
import { randomBytes } from 'node:crypto';

const prefix = 'ghl_';

/** 256 random bits. Kept as the hash that `hashToken` makes of it. */
export const newLinkToken = () => `${prefix}${randomBytes(32).toString('base64url')}`;

/** First characters, for people to tell links apart. */
export const linkPrefix = (token: string) => token.slice(0, prefix.length + 5);
