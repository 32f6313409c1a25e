import 'server-only';
import type { contract } from '#api/contract/index';
import type { Handler } from '../door/route';
import { describeHost } from './describe-host';
import { findHost } from './find-host';
import { assertMayChange, makeNextKey } from './next-key';

/** Makes a new key for a person to install by hand. The one in use stays in use. */
export const prepareKey: Handler<typeof contract.hosts.prepareKey> = ({ params, body, change }) =>
  change(async (tx) => {
    const host = await findHost(tx, params.id);
    const reaches = await tx.host.findMany({ where: { jumpHostId: host.id, archivedAt: null } });
    const withSecret = { ...host, secret: null, reaches };
    assertMayChange(withSecret, body.access);
    await makeNextKey(tx, withSecret, body.access);
    const value = describeHost(await findHost(tx, host.id));
    return {
      value,
      audit: { subject: `host ${host.name}`, subjectId: host.id, detail: { access: body.access } },
    };
  });
