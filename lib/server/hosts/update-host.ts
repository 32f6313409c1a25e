import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import { AppError } from '../errors/app-error';
import type { Handler } from '../route';
import { assertHostNameFree } from './assert-name-free';
import { describeHost, hostInclude } from './describe-host';
import { findHost } from './find-host';

const reachOf = ({
  name,
  address,
  port,
  user,
}: Record<'name' | 'address' | 'user', string> & { port: number }) => ({
  name,
  address,
  port,
  user,
});

/** Changes how a host is reached. Another address may be another machine: the pinned key is dropped and must be trusted anew. */
export const updateHost: Handler<typeof contract.hosts.update> = ({ body, params, change }) =>
  change(async (tx) => {
    const before = await findHost(tx, params.id);
    const { name, address, port, user } = body;
    const moves =
      (address !== undefined && address !== before.address) || (port !== undefined && port !== before.port);
    if (before.transport === 'local' && (moves || (user !== undefined && user !== before.user))) {
      throw new AppError(
        'conflict',
        'This host is the machine that the dashboard runs on; it has no address to change.',
      );
    }
    if (name !== undefined) await assertHostNameFree(tx, name, before.id);
    const forgotten = {
      hostKeyType: null,
      hostKeyFingerprint: null,
      seenKeyType: null,
      seenKeyFingerprint: null,
    };
    const row = await tx.host.update({
      where: { id: before.id },
      data: {
        ...(name === undefined ? {} : { name }),
        ...(address === undefined ? {} : { address }),
        ...(port === undefined ? {} : { port }),
        ...(user === undefined ? {} : { user }),
        ...(moves ? forgotten : {}),
      },
      include: hostInclude,
    });
    return {
      value: describeHost(row),
      audit: {
        subject: `host ${row.name}`,
        subjectId: row.id,
        detail: { keyDropped: moves, ...fieldsDetail(reachOf(before), reachOf(row)) },
      },
    };
  });
