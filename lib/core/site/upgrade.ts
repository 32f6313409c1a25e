import { errorIssue, type Issue } from '../issue';
import { err, ok, type Result } from '../result';

/** Version of the site document that this program writes. */
export const currentSchemaVersion = 1;

/** A document as it was stored, of any version. */
type Stored = Readonly<Record<string, unknown>>;

/** Step from the version that is the key to the next one. */
export type Upgraders = Readonly<Record<number, (document: Stored) => Stored>>;

/** Empty as long as there is one version only. A new version adds the step from the one before and keeps all others. */
const upgraders: Upgraders = {};

/**
 * Brings a stored document to the current version, step by step. A document of a newer version than we know is refused: writing it back would lose
 * what we do not understand.
 */
export function upgradeSite(
  input: unknown,
  steps: Upgraders = upgraders,
  current: number = currentSchemaVersion,
): Result<Stored, Issue[]> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return refuse([], 'site.not-a-document', 'must be a site document');
  }
  let document = input as Stored;
  let version = document.schemaVersion;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return refuse(['schemaVersion'], 'site.no-version', `is required: ${current} for new documents`);
  }
  if (version > current) {
    return refuse(
      ['schemaVersion'],
      'site.newer-version',
      `${version} is newer than this program knows (${current})`,
      'Update Gatehouse.',
    );
  }
  while (version < current) {
    const step = steps[version];
    if (step === undefined)
      return refuse(['schemaVersion'], 'site.version-gap', `${version} can no longer be read`);
    version += 1;
    document = { ...step(document), schemaVersion: version };
  }
  return ok(document);
}

function refuse(path: Issue['path'], code: string, message: string, hint?: string): Result<never, Issue[]> {
  return err([errorIssue(code, path, message, hint)]);
}
