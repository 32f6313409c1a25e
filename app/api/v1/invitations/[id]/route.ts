import { contract } from '#api/contract/index';
import { lookAtInvitation } from '#server/invitations/look-at-invitation';
import { route } from '#server/route';

export const GET = route(contract.invitations.look, lookAtInvitation);
