const verbs = /^(?:plan|check|compare|edit|open|go to|new|add)\s+/i;

/** What is looked for in “plan jenkins”: the name without the verb. */
export const searchWords = (text: string): string => text.trim().replace(verbs, '');
