import type { ServerKind } from '../web-server/render-target';
import { apache } from './apache';
import { caddy } from './caddy';
import { nginx } from './nginx';
import type { WebServer } from './types';

/** Every web server that Gatehouse can write for. */
export const webServers: Readonly<Record<ServerKind, WebServer>> = { nginx, apache, caddy };
