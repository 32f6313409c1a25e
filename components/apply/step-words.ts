import type { StepName } from '#core/change/step';

export type Phase = 'prepare' | 'write' | 'prove' | 'keep' | 'undo';

export const phaseTitles = {
  prepare: 'Prepare',
  write: 'Write',
  prove: 'Prove',
  keep: 'Keep',
  undo: 'Rollback',
} as const satisfies Record<Phase, string>;

interface StepWords {
  readonly phase: Phase;
  /** What is done, as an order; reads well with any status. */
  readonly title: string;
  /** As the object of "stopped at …". */
  readonly noun: string;
  readonly why: string;
}

/** Every step in the words of the people who wait for it. */
export const stepWords = {
  lock: {
    phase: 'prepare',
    title: 'Lock the host',
    noun: 'locking the host',
    why: 'Two applies never work on one host at the same time.',
  },
  compare: {
    phase: 'prepare',
    title: 'Compare with the review',
    noun: 'comparing with the review',
    why: 'Every file must still be as it was when the plan was made.',
  },
  journal: {
    phase: 'prepare',
    title: 'Open the journal',
    noun: 'opening the journal',
    why: 'What is about to change is noted on the host’s disk, so that a crash can be undone.',
  },
  backup: {
    phase: 'prepare',
    title: 'Back up the live files',
    noun: 'backing up',
    why: 'A rollback needs the old files.',
  },
  arm: {
    phase: 'prepare',
    title: 'Arm the watchdog',
    noun: 'arming the watchdog',
    why: 'From here on the host undoes the change by itself unless it is confirmed.',
  },
  preflight: {
    phase: 'prepare',
    title: 'Test beside the live files',
    noun: 'the test beside the live files',
    why: 'The host’s own test reads the new files before any live one changes.',
  },
  write: {
    phase: 'write',
    title: 'Write the files',
    noun: 'writing the files',
    why: 'Each file is written beside and then put in place at once.',
  },
  test: {
    phase: 'write',
    title: 'Test the live files',
    noun: 'the test of the live files',
    why: 'The host’s own test, now on what the web server will read.',
  },
  reload: {
    phase: 'write',
    title: 'Reload the web server',
    noun: 'the reload',
    why: 'Running requests are finished by the old workers.',
  },
  prove: {
    phase: 'prove',
    title: 'Prove that the new configuration serves',
    noun: 'the proof',
    why: 'New workers, no new errors in the log, every expected port held by the web server; each block of the site, asked on every address of the host, is ours.',
  },
  'await-certificate': {
    phase: 'prove',
    title: 'Wait for the certificate',
    noun: 'the wait for the certificate',
    why: 'The web server fetches it from the CA by itself, which takes up to 90 seconds; only then can the site answer over https.',
  },
  probe: {
    phase: 'prove',
    title: 'Probe the sites',
    noun: 'the probes',
    why: 'Each changed site must answer through the proxy as planned.',
  },
  confirm: {
    phase: 'keep',
    title: 'Confirm',
    noun: 'the confirmation',
    why: 'Tells the watchdog to let the change stay.',
  },
  clean: {
    phase: 'keep',
    title: 'Clean up',
    noun: 'cleaning up',
    why: 'Closes the journal and gives the lock back.',
  },
  restore: {
    phase: 'undo',
    title: 'Put the old files back',
    noun: 'putting the old files back',
    why: 'Byte for byte, with mode and owner.',
  },
  retest: {
    phase: 'undo',
    title: 'Test the old files',
    noun: 'the test of the old files',
    why: 'The host’s own test on what was put back.',
  },
  'reload-old': {
    phase: 'undo',
    title: 'Reload the old configuration',
    noun: 'the reload of the old configuration',
    why: 'Started again if the web server had died.',
  },
  'restart-old': {
    phase: 'undo',
    title: 'Restart the web server',
    noun: 'the restart of the web server',
    why: 'It went on serving what it had refused, on sockets that only a restart closes. Open connections end.',
  },
  'prove-old': {
    phase: 'undo',
    title: 'Prove that the old configuration serves',
    noun: 'the proof of the old configuration',
    why: 'The rollback is complete only when the sites answer as before.',
  },
} as const satisfies Record<StepName, StepWords>;
