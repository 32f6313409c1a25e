import 'server-only';

/** Deeper than any input of the contract, which a test holds. */
export const mostJsonDepth = 32;
/** More values than any input of the contract needs; what comes after costs time for each of them. */
export const mostJsonValues = 60_000;

/** Index of the quote that ends the string whose text begins at `start`; the text's length when none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start); end !== -1; end = text.indexOf('"', end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === 92) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return text.length;
}

/**
 * Whether a JSON text is nested no deeper and holds no more values than an input of ours: a megabyte of brackets keeps `JSON.parse` busy for half a
 * second, and whatever walks the result for longer. One pass over the text, without reading it.
 */
export function isModestJson(text: string): boolean {
  let depth = 0;
  let values = 1;
  for (let index = 0; index < text.length; index++) {
    switch (text.charCodeAt(index)) {
      case 34: // "
        index = endOfString(text, index + 1);
        break;
      case 44: // ,
        values += 1;
        break;
      case 91: // [
      case 123: // {
        depth += 1;
        values += 1;
        break;
      case 93: // ]
      case 125: // }
        depth -= 1;
        break;
    }
    if (depth > mostJsonDepth || values > mostJsonValues) return false;
  }
  return true;
}
