import { contract } from '#api/contract/index';
import { route } from '#server/door/route';
import { createTemplate } from '#server/sites/templates/create-template';
import { listTemplates } from '#server/sites/templates/list-templates';

export const GET = route(contract.templates.list, listTemplates);
export const POST = route(contract.templates.create, createTemplate);
