import type { HeaderRule } from './schema';

const secretName =
  /^authorization$|^proxy-authorization$|^cookie$|token|secret|api-?key|password|private-?key/i;

/** Whether a header rule seems to write down a secret: one by its name, with a value that is more than a placeholder. */
export const holdsSecret = (rule: HeaderRule): boolean =>
  rule.op === 'set' && secretName.test(rule.name) && !/^\{[a-z_]+\}$/.test(rule.value);
