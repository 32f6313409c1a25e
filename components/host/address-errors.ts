import { ProblemError } from '#api/problem-error';

/** How a host is reached, as typed. */
export interface TypedAddress {
  readonly name: string;
  readonly address: string;
  readonly port: string;
  readonly user: string;
  /** Empty: reached directly. */
  readonly jumpHostId: string;
}

export type AddressErrors = Partial<Record<keyof TypedAddress, string>>;

/**
 * The typed values as the contract wants them, or what is wrong with which field. Nothing is dropped silently. The contract's schemas are loaded by
 * the first call: they are more script than the rest of the page.
 */
export async function readAddress(typed: TypedAddress) {
  const loaded = await Promise.all([import('#api/contract/hosts'), import('#core/issue')]).catch(() => null);
  if (!loaded) {
    const message = 'cannot be checked: the dashboard does not answer. Try again once it does';
    return { ok: false as const, errors: { address: message } as AddressErrors };
  }
  const [{ HostPatch }, { issuesFromZod }] = loaded;
  const port = /^\d+$/.test(typed.port.trim()) ? Number(typed.port.trim()) : Number.NaN;
  const typedFields = { name: true, address: true, port: true, user: true, jumpHostId: true } as const;
  const parsed = HostPatch.required(typedFields).safeParse({
    name: typed.name.trim(),
    address: typed.address.trim(),
    port,
    user: typed.user.trim(),
    jumpHostId: typed.jumpHostId || null,
  });
  if (parsed.success) return { ok: true as const, value: parsed.data };
  const errors: AddressErrors = {};
  for (const issue of issuesFromZod(parsed.error)) {
    const field = issue.path[0] as keyof TypedAddress;
    errors[field] ??=
      Number.isNaN(port) && field === 'port' ? 'must be a whole number from 1 to 65535' : issue.message;
  }
  return { ok: false as const, errors };
}

/** The server's own findings, by field. */
export function addressErrorsOf(error: unknown): AddressErrors {
  if (!(error instanceof ProblemError)) return {};
  const errors: AddressErrors = {};
  for (const issue of error.problem.issues) {
    const field = issue.path[0];
    if (
      field === 'name' ||
      field === 'address' ||
      field === 'port' ||
      field === 'user' ||
      field === 'jumpHostId'
    )
      errors[field] ??= issue.message;
  }
  return errors;
}

/** A name for the host that can be typed on: the first part of its address where that makes one. */
export function suggestName(address: string): string {
  const first = address.trim().toLowerCase().split('.')[0] ?? '';
  return /^[a-z][a-z0-9-]*$/.test(first) ? first : '';
}
