import 'server-only';

/**
 * How each model belongs to a team. Every query of a team's client gets this filter, so that another team's row cannot be read,
 * changed or deleted, whatever id a request names. A model that is missing here is refused in a team's client.
 */
const filters: Readonly<Record<string, (teamId: string) => Record<string, unknown>>> = {
  Team: (id) => ({ id }),
  User: (teamId) => ({ members: { some: { teamId } } }),
  Member: (teamId) => ({ teamId }),
  ApiToken: (teamId) => ({ teamId }),
  Secret: (teamId) => ({ teamId }),
  Host: (teamId) => ({ teamId }),
  Target: (teamId) => ({ teamId }),
  Site: (teamId) => ({ teamId }),
  SiteRevision: (teamId) => ({ site: { teamId } }),
  SiteTarget: (teamId) => ({ site: { teamId } }),
  List: (teamId) => ({ teamId }),
  ListSite: (teamId) => ({ list: { teamId } }),
  Plan: (teamId) => ({ teamId }),
  PlanSite: (teamId) => ({ plan: { teamId } }),
  PlanTarget: (teamId) => ({ plan: { teamId } }),
  Apply: (teamId) => ({ teamId }),
  ApplyTarget: (teamId) => ({ apply: { teamId } }),
  ApplyStep: (teamId) => ({ applyTarget: { apply: { teamId } } }),
  AppliedFile: (teamId) => ({ target: { teamId } }),
  DriftFile: (teamId) => ({ teamId }),
  TargetInventory: (teamId) => ({ target: { teamId } }),
  ProbeResult: (teamId) => ({ site: { teamId } }),
  Activity: (teamId) => ({ teamId }),
  Invitation: (teamId) => ({ teamId }),
  Issuer: (teamId) => ({ teamId }),
  Certificate: (teamId) => ({ teamId }),
  IdempotencyKey: (teamId) => ({ teamId }),
  HostGroup: (teamId) => ({ teamId }),
  HostGroupOperator: (teamId) => ({ group: { teamId } }),
  FreezeWindow: (teamId) => ({ teamId }),
  Lowering: (teamId) => ({ teamId }),
  // Of the lists that the team owns. What is shared with it is read by its own use case.
  ListShare: (teamId) => ({ list: { teamId } }),
  ListLink: (teamId) => ({ list: { teamId } }),
  SiteTemplate: (teamId) => ({ teamId }),
  PlanComment: (teamId) => ({ teamId }),
  ReviewRequest: (teamId) => ({ plan: { teamId } }),
  PlanReview: (teamId) => ({ teamId }),
  Webhook: (teamId) => ({ teamId }),
  WebhookDelivery: (teamId) => ({ teamId }),
  NotificationSetting: (teamId) => ({ teamId }),
  Mail: (teamId) => ({ teamId }),
};

export const scopedModels = Object.keys(filters);
/** The filter of one model; none for a model that belongs to no team. */
export const teamFilter = (model: string, teamId: string) => filters[model]?.(teamId);
/** They belong to people, or to the installation: a team's client refuses them. */
export const teamlessModels = [
  'Session',
  'Account',
  'Verification',
  'SetupToken',
  'SecondFactor',
  'RecoveryCode',
  'Passkey',
  'PasswordReset',
];

/** Models whose rows carry the team's id themselves: it is filled in on creation. */
const owned = new Set([
  'Member',
  'ApiToken',
  'Secret',
  'Host',
  'Target',
  'Site',
  'List',
  'Plan',
  'Apply',
  'DriftFile',
  'Activity',
  'Invitation',
  'IdempotencyKey',
  'HostGroup',
  'FreezeWindow',
  'Lowering',
  'SiteTemplate',
  'PlanComment',
  'PlanReview',
  'Webhook',
  'WebhookDelivery',
  'NotificationSetting',
  'Mail',
]);

type Arguments = { where?: Record<string, unknown>; data?: unknown; create?: Record<string, unknown> };

function claim(model: string, teamId: string, row: unknown): Record<string, unknown> {
  const data = row as Record<string, unknown>;
  if (!owned.has(model)) return data;
  if (data.teamId !== undefined && data.teamId !== teamId)
    throw new Error(`${model}: the row belongs to another team`);
  return { ...data, teamId };
}

/** Arguments of one Prisma call, narrowed to a team. Throws for models that belong to no team. */
export function scopeArguments(model: string, operation: string, given: unknown, teamId: string): Arguments {
  const filter = filters[model]?.(teamId);
  if (!filter) throw new Error(`${model} belongs to no team: use the unscoped client`);
  const args = { ...(given as Arguments) };
  if (operation === 'create') return { ...args, data: claim(model, teamId, args.data) };
  if (operation === 'createMany' || operation === 'createManyAndReturn') {
    const rows = Array.isArray(args.data) ? args.data : [args.data];
    return { ...args, data: rows.map((row) => claim(model, teamId, row)) };
  }
  const where = { ...args.where, AND: [filter, ...[args.where?.AND ?? []].flat()] };
  if (operation === 'upsert') return { ...args, where, create: claim(model, teamId, args.create) };
  return { ...args, where };
}
