import 'server-only';
import type { HostCheck } from '#api/contract/hosts';

const titles: Record<HostCheck['id'], string> = {
  reach: 'The host answers',
  'host-key': 'It is the host you confirmed',
  'sign-in': 'The key is accepted',
  root: 'The account may act as root',
  locked: 'The key can do nothing else',
  tools: 'The tools it needs are there',
  'web-server': 'A web server is installed',
  layout: 'Its files are where they are expected',
  included: 'Our files will be read',
  'config-test': 'The configuration passes its own test',
  disk: 'There is room on the disk',
  clock: 'The clock is correct',
};
/** The order in which things can go wrong. */
export const checkOrder = Object.keys(titles) as HostCheck['id'][];

type Verdict = Pick<HostCheck, 'status' | 'message'> & Partial<Pick<HostCheck, 'fix' | 'commands'>>;
/** One line of the check list. */
export const verdict = (
  id: HostCheck['id'],
  { status, message, fix = null, commands = [] }: Verdict,
): HostCheck => ({
  id,
  status,
  title: titles[id],
  message,
  fix,
  commands,
});
