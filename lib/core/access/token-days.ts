/** How long an API token lives: when nothing is said, and at most. A token without an end must be asked for. */
export const tokenDays = { default: 90, maximum: 366 } as const;
