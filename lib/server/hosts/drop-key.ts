import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { describeHost } from './describe-host';
import { findHost } from './find-host';
import { forgetNextKey } from './next-key';

/** Gives up a new key that is not in use yet. */
export const dropKey: Handler<typeof contract.hosts.dropKey> = ({ params, change }) =>
  change(async (tx) => {
    const host = await findHost(tx, params.id);
    await forgetNextKey(tx, host);
    const value = describeHost(await findHost(tx, host.id));
    return { value, audit: { subject: `host ${host.name}`, subjectId: host.id } };
  });
