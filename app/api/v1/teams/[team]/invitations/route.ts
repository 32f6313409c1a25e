import { contract } from '#api/contract/index';
import { createInvitation } from '#server/invitations/create-invitation';
import { listInvitations } from '#server/invitations/list-invitations';
import { route } from '#server/route';

export const GET = route(contract.invitations.list, listInvitations);
export const POST = route(contract.invitations.create, createInvitation);
