import 'server-only';
import { sealSshKey } from '../hosts/ssh-secret';
import { db } from '../platform/database/db';
import { write } from '../platform/database/write';

/**
 * The machine of an enrolled host once more: a host of its own in the dashboard, with a key and so a connection of its own, whose files are on
 * record as applied.
 *
 * @param name of the host that is there
 * @returns the new host's id
 */
export async function enrolAgain(name: string, newName: string, privateKey: string): Promise<string> {
  const original = await db().host.findFirstOrThrow({
    where: { name },
    include: { targets: { include: { appliedFiles: true } } },
  });
  const { teamId, transport, address, port, user, hostKeyType, hostKeyFingerprint } = original;
  return write(async (tx) => {
    const secretId = await sealSshKey(tx, teamId, { privateKey });
    const reach = { transport, address, port, user, hostKeyType, hostKeyFingerprint, secretId };
    const { id } = await tx.host.create({ data: { teamId, name: newName, ...reach } });
    for (const { server, appliedFiles } of original.targets) {
      const target = await tx.target.create({ data: { teamId, hostId: id, server } });
      await tx.appliedFile.createMany({
        data: appliedFiles.map(({ path, document, role, siteId }) => ({
          targetId: target.id,
          path,
          role,
          siteId,
          document: document ?? {},
        })),
      });
    }
    return id;
  });
}
