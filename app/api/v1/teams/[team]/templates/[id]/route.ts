import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { getTemplate } from '#server/sites/templates/get-template';
import { removeTemplate } from '#server/sites/templates/remove-template';
import { updateTemplate } from '#server/sites/templates/update-template';

export const GET = route(contract.templates.get, getTemplate);
export const PATCH = route(contract.templates.update, updateTemplate);
export const DELETE = route(contract.templates.remove, removeTemplate);
