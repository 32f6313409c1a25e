/** What a member may do in a team, from least to most. Apart from their schema, which pages that only show them need not load. */
export const roleNames = ['viewer', 'editor', 'operator', 'admin'] as const;
