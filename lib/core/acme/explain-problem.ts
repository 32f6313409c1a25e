import type { AcmeProblem } from './resources';

/** What went wrong in words of our own, the CA's words, and what a person can do about it. */
export interface Explained {
  readonly message: string;
  readonly hint: string;
}

const urn = 'urn:ietf:params:acme:error:';

/** RFC 8555, section 6.7: type, what it means, remedy. */
const known: Readonly<Record<string, readonly [string, string]>> = {
  connection: [
    'The CA could not connect to the name.',
    'Check that the name’s A and AAAA records lead to this host and that port 80 is open to everybody, over IPv6 as well where there is an AAAA record.',
  ],
  dns: [
    'The CA could not look the name up.',
    'Check the name’s DNS records, and that its zone answers and validates.',
  ],
  caa: [
    'A CAA record forbids this CA to issue for the name.',
    'Add the CA to the CAA records of the name or its parents, or choose another issuer.',
  ],
  unauthorized: [
    'The CA got a wrong answer to its challenge.',
    'Something else answers /.well-known/acme-challenge/ on port 80: another server behind the name, a redirect or an access list in front of it. Check where the name leads.',
  ],
  incorrectResponse: [
    'The CA got a wrong answer to its challenge.',
    'Something else answers /.well-known/acme-challenge/ on port 80. Check where the name leads.',
  ],
  tls: ['The CA met a TLS error while it validated the name.', 'Check what answers at the name’s address.'],
  rateLimited: [
    'The CA has reached a rate limit for this name or account.',
    'It is tried again when the CA allows it.',
  ],
  rejectedIdentifier: [
    'The CA does not issue for this name.',
    'Public CAs issue for public names only: choose a private CA as the issuer, or another name.',
  ],
  unsupportedIdentifier: [
    'The CA does not support this kind of name.',
    'Choose another issuer or another name.',
  ],
  badCSR: ['The CA refused the certificate request.', 'Try the other key type, or see the CA’s own words.'],
  externalAccountRequired: [
    'The CA wants an external account binding.',
    'Get a key id and an HMAC key from the CA and make the issuer again with them.',
  ],
  accountDoesNotExist: ['The CA no longer knows the account.', 'A new account is made at the next try.'],
  userActionRequired: [
    'The CA wants a person to act, often to accept new terms.',
    'Follow the link in the CA’s words.',
  ],
  serverInternal: ['The CA had an error of its own.', 'It is tried again automatically.'],
  invalidProfile: [
    'The CA does not offer this profile.',
    'Choose one of the profiles that the issuer lists.',
  ],
  malformed: ['The CA did not accept the request.', 'See the CA’s own words.'],
  badNonce: ['The CA refused one nonce after the other.', 'It is tried again automatically.'],
};

/** The short name of an ACME error type: `caa`. */
export const problemName = (type: string): string => (type.startsWith(urn) ? type.slice(urn.length) : type);

/** A problem document as sentences: cause, the CA’s words (cut, without control characters), remedy. */
export function explainProblem(problem: AcmeProblem): Explained {
  const about = problem.subproblems?.length ? problem.subproblems : [problem];
  const [first = problem] = about;
  const type = problemName(first.type === 'about:blank' ? problem.type : first.type);
  const [message, hint] = known[type] ?? [`The CA refused: ${clean(type)}.`, 'See the CA’s own words.'];
  const words = about
    .map(({ detail, identifier }) =>
      [identifier ? `${clean(identifier.value)}: ` : '', clean(detail)].join(''),
    )
    .filter((text) => text !== '')
    .join(' · ');
  return { message: words ? `${message} It says: “${words.slice(0, 600)}”` : message, hint };
}

/** One line without control or direction characters. */
export function clean(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .slice(0, 400);
}
