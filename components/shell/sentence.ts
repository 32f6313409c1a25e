/** Messages of the schema are written as parts of sentences: "must be 1 to 65535" becomes a sentence of its own. */
export function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return /[.!?:]$/.test(text) ? text : `${text}.`;
}
