import 'server-only';

/** One line of the doctor's list. `failed` is red: something does not work, is not safe, or will be lost. */
export interface Finding {
  readonly id: string;
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  /** Commands that mend it, to be copied. */
  readonly mend: readonly string[];
}

export const ok = (id: string, message: string): Finding => ({ id, status: 'ok', message, mend: [] });
export const skipped = (id: string, message: string): Finding => ({
  id,
  status: 'skipped',
  message,
  mend: [],
});
export const warning = (id: string, message: string, ...mend: string[]): Finding => ({
  id,
  status: 'warning',
  message,
  mend,
});
export const failed = (id: string, message: string, ...mend: string[]): Finding => ({
  id,
  status: 'failed',
  message,
  mend,
});

/** A word of a shell command, whatever is in it. */
export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
