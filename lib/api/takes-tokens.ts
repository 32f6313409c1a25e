import type { Operation } from './operation';

/** Whether an API token may call an operation at all. What asks for a recent proof asks it of a person. */
export function takesTokens({ gate, audit, ...operation }: Operation): boolean {
  if (gate.kind === 'public') return false;
  const asksPerson = audit !== null && 'proof' in operation && operation.proof === 'recent';
  return gate.sessionOnly !== true && !asksPerson;
}
