import 'server-only';

/** One line of the doctor's list. `failed` is red: something does not work, is not safe, or will be lost. */
export interface Finding {
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  /** Commands that fix it, to be copied. */
  readonly fix: readonly string[];
}

export const ok = (id: string, message: string): Finding => ({ id, status: 'ok', message, fix: [] });
export const skipped = (id: string, message: string): Finding => ({
  id,
  status: 'skipped',
  message,
  fix: [],
});
export const warning = (id: string, message: string, ...fix: string[]): Finding => ({
  id,
  status: 'warning',
  message,
  fix,
});
export const failed = (id: string, message: string, ...fix: string[]): Finding => ({
  id,
  status: 'failed',
  message,
  fix,
});

/** A word of a shell command, whatever is in it. */
export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
