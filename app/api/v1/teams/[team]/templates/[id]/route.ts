import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { getTemplate } from '#server/templates/get-template';
import { removeTemplate } from '#server/templates/remove-template';
import { updateTemplate } from '#server/templates/update-template';

export const GET = route(contract.templates.get, getTemplate);
export const PATCH = route(contract.templates.update, updateTemplate);
export const DELETE = route(contract.templates.remove, removeTemplate);
