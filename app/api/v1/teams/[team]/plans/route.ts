import { contract } from '#api/contract/index';
import { createPlan } from '#server/changes/plans/create-plan';
import { listPlans } from '#server/changes/plans/list-plans';
import { route } from '#server/door/route';

export const GET = route(contract.plans.list, listPlans);
export const POST = route(contract.plans.create, createPlan);
