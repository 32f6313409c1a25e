import 'server-only';

/** Where probes may connect to directly. Behind a jump host the same address may be another machine's: `null`. */
export const addressFromHere = (host: { readonly address: string; readonly jumpHostId: string | null }) =>
  host.jumpHostId === null ? host.address : null;
