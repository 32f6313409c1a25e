import { contract } from '#api/contract/index';
import { createPlan } from '#server/plans/create-plan';
import { listPlans } from '#server/plans/list-plans';
import { route } from '#server/route';

export const GET = route(contract.plans.list, listPlans);
export const POST = route(contract.plans.create, createPlan);
