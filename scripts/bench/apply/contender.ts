/** One way to bring changed files to a host and have nginx serve them. */
export interface Contender {
  readonly name: string;
  /** Rounds worth waiting for with so many files; 0 leaves it out. */
  rounds(files: number): number;
  /** Makes so many files another text than the host has; not measured. */
  prepare(files: number): Promise<void>;
  /** Brings them to the host, tests, reloads. Resolves to how long all of it took that comes after a person's review, where there is one. */
  run(): Promise<{ readonly reviewedMs: number } | null>;
  /** Forgets every open connection, so that the next run has to log in. */
  disconnect(): Promise<void>;
  stop(): Promise<void>;
}
