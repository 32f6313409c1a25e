import 'server-only';
import type { contract } from '#api/contract/index';
import { fieldsDetail } from '#core/activity/changed-fields';
import type { Handler } from '../door/route';
import { AppError } from '../platform/errors/app-error';
import { fieldProblem } from '../platform/errors/field-problem';
import { assertHostNameFree } from './assert-name-free';
import { certificateLine } from './certificate-line';
import { describeHost, hostInclude } from './describe-host';
import { findHost } from './find-host';
import { jumpHostIdOf } from './jump-host';

type Row = Awaited<ReturnType<typeof findHost>>;
const factsOf = ({ name, address, port, user, group, jumpHost }: Row) => ({
  name,
  address,
  port,
  user,
  group: group?.name,
  jumpHost: jumpHost?.name,
});

/** Changes how a host is reached. Another address may be another machine: the pinned key is dropped and must be trusted again. */
export const updateHost: Handler<typeof contract.hosts.update> = ({ body, params, change }) =>
  change(async (tx) => {
    const before = await findHost(tx, params.id);
    const { name, address, port, user, groupId, jumpHostId, certificate } = body;
    const moves =
      (address !== undefined && address !== before.address) ||
      (port !== undefined && port !== before.port) ||
      (jumpHostId !== undefined && jumpHostId !== before.jumpHostId);
    if (before.transport === 'local' && (moves || (user !== undefined && user !== before.user))) {
      throw new AppError(
        'conflict',
        'This host is the machine that the dashboard runs on; it has no address to change.',
      );
    }
    if (before.access === 'enrolled' && user !== undefined && user !== before.user) {
      throw fieldProblem(
        'host.enrolled-user',
        ['user'],
        `the locked-down key belongs to the account ${before.user}`,
      );
    }
    if (certificate !== undefined && before.login !== 'certificate')
      throw fieldProblem('host.no-certificate', ['certificate'], `${before.name} does not sign in with one`);
    if (name !== undefined) await assertHostNameFree(tx, name, before.id);
    if (groupId && !(await tx.hostGroup.findUnique({ where: { id: groupId } })))
      throw fieldProblem('host.no-group', ['groupId'], 'is no host group of this team');
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
        ...(groupId === undefined ? {} : { groupId }),
        ...(jumpHostId === undefined ? {} : { jumpHostId: await jumpHostIdOf(tx, jumpHostId, before) }),
        ...(certificate === undefined
          ? {}
          : {
              publicKey: certificateLine(certificate, before.publicKey ?? '', ['certificate']),
              keyChangedAt: new Date(),
            }),
        ...(moves ? forgotten : {}),
      },
      include: hostInclude,
    });
    return {
      value: describeHost(row),
      audit: {
        subject: `host ${row.name}`,
        subjectId: row.id,
        detail: {
          keyDropped: moves,
          ...(certificate === undefined ? {} : { certificate: 'replaced' }),
          ...fieldsDetail(factsOf(before), factsOf(row)),
        },
      },
    };
  });
