import 'server-only';
import { createHash, randomBytes } from 'node:crypto';

const prefix = 'gh_';

/** 256 random bits, recognisable by its prefix for people and secret scanners. */
export const newApiToken = () => `${prefix}${randomBytes(32).toString('base64url')}`;

/** What is kept. The token is random, so a plain hash is enough, and finding a row by it tells nothing through timing. */
export const hashToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** First characters, shown in lists. */
export const tokenPrefix = (token: string) => token.slice(0, prefix.length + 5);
