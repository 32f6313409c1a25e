import 'server-only';
import type { contract } from '#api/contract/index';
import { env } from '../env';
import type { Handler } from '../route';

export const listSsoMethods: Handler<typeof contract.sso.methods> = () => ({
  provider: env().oidc?.name ?? null,
  proxy: env().signInHeader !== null,
});
