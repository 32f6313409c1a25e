import type { Issue } from '../../../issue';
import type { RenderTarget } from '../../../web-server/render-target';
import { type Feature, gates } from '../capabilities';

/** Collects what nginx cannot do or does differently, each finding once. */
export class IssueList {
  readonly #issues: Issue[] = [];
  readonly #target: RenderTarget;

  constructor(target: RenderTarget) {
    this.#target = target;
  }

  get all(): readonly Issue[] {
    return this.#issues;
  }

  error(code: string, path: Issue['path'] | null, message: string, hint: string): void {
    this.#add({ code, severity: 'error', path: path ?? [], message, hint });
  }

  warning(code: string, path: Issue['path'] | null, message: string, hint: string): void {
    this.#add({ code, severity: 'warning', path: path ?? [], message, hint });
  }

  advice(code: string, path: Issue['path'] | null, message: string, hint: string): void {
    this.#add({ code, severity: 'advice', path: path ?? [], message, hint });
  }

  /** Something that needs a newer nginx than this one is (known to be). */
  gated(code: string, feature: Feature, path: Issue['path'] | null, what: string, hint: string): void {
    const { since } = gates[feature];
    const { version } = this.#target;
    this.error(
      code,
      path,
      version === null
        ? `${what} needs nginx ≥ ${since}, and the version of this nginx is not known`
        : `${what} needs nginx ≥ ${since}, this one is ${version}`,
      hint,
    );
  }

  #add(issue: Issue): void {
    const same = (other: Issue) =>
      other.code === issue.code && other.path.join('\0') === issue.path.join('\0');
    if (!this.#issues.some(same)) this.#issues.push(issue);
  }
}
