import { expect, it } from 'vitest';
import { sudoRefusal } from './sudo-refusal';

it.each([
  ['sudo: sorry, you must have a tty to run sudo', 'terminal'],
  ['sudo: a password is required', 'rule'],
  ['sudo: a terminal is required to read the password; either use the -S option', 'rule'],
  ['sudo: no tty present and no askpass program specified', 'rule'],
  ['deploy is not in the sudoers file.', 'rule'],
  ['Sorry, user deploy is not allowed to execute ‘/bin/sh’ as root on web1.', 'rule'],
  ['sh: 1: sudo: not found', 'missing'],
  ['bash: line 1: sudo: command not found', 'missing'],
  ['zsh:1: command not found: sudo', 'missing'],
  ['welcome to web1', undefined],
])('%s', (said, cause) => {
  expect(sudoRefusal(said)?.cause).toBe(cause);
});
