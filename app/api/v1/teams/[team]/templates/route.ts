import { contract } from '#api/contract/index';
import { route } from '#server/route';
import { createTemplate } from '#server/templates/create-template';
import { listTemplates } from '#server/templates/list-templates';

export const GET = route(contract.templates.list, listTemplates);
export const POST = route(contract.templates.create, createTemplate);
