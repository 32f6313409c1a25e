import 'server-only';
import { can } from '#core/access/permissions';
import type { Role } from '#core/access/roles';
import type { Scopes } from '#core/access/scopes';
import { fieldProblem } from '../../platform/errors/field-problem';

/**
 * A token for what its owner may not do would only look as if it could.
 *
 * @throws AppError `invalid`
 */
export function assertOwnScopes(role: Role, scopes: Scopes): void {
  const beyond = scopes?.find((permission) => !can(role, permission));
  if (!beyond) return;
  const path = ['scopes', scopes?.indexOf(beyond) ?? 0];
  throw fieldProblem(
    'token.beyond-role',
    path,
    `${beyond} is not yours to give: you are ${role} of this team`,
  );
}
