import { nginx } from './nginx';
import type { ServerKind, WebServer } from './types';

/** Every web server that Gatehouse can write for. */
export const webServers: Record<ServerKind, WebServer> = { nginx } as never;
