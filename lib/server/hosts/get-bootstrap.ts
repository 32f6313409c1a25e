import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { AppError } from '../platform/errors/app-error';
import { findHost } from './find-host';
import { bootstrapScript } from './helper/bootstrap-script';
import { helperSha256 } from './helper/helper-text';

/** The script that locks a host's key down: of the new key that waits for it, or again of the one in use. It holds no secret. */
export const getBootstrap: Handler<typeof contract.hosts.bootstrap> = async ({ db, params }) => {
  const host = await findHost(db, params.id);
  const key =
    host.nextAccess === 'enrolled' ? host.nextPublicKey : host.access === 'enrolled' ? host.publicKey : null;
  if (!key)
    throw new AppError('conflict', 'No key of this host is to be locked down.', {
      hint: 'Ask for a new key first.',
    });
  return {
    fileName: `gatehouse-enrol-${host.name}.sh`,
    script: bootstrapScript(key),
    helperSha256: helperSha256(),
  };
};
