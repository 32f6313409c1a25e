import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createInvitation } from '#server/identity/invitations/create-invitation';
import { listInvitations } from '#server/identity/invitations/list-invitations';

export const GET = route(contract.invitations.list, listInvitations);
export const POST = route(contract.invitations.create, createInvitation);
