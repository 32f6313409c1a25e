/** First characters of a plan's hash: enough to tell by eye that two people speak of the same plan. */
export const shortHash = (hash: string) => hash.slice(0, 8);
