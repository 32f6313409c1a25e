import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../../door/route';
import { env } from '../../platform/env';

export const listSsoMethods: Handler<typeof contract.sso.methods> = () => ({
  provider: env().oidc?.name ?? null,
  proxy: env().signInHeader !== null,
});
