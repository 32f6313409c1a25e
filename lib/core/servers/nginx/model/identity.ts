import { reason } from '../../../site/origin';
import { blockTokens, questionPath } from '../../block-tokens';
import { block, type Directive, directive } from '../tree';

const why = reason('asked after each reload: only this block, of this very text, knows the answer');

/** How the server with this number in its file shows that it is the one that answers. Decided before allow lists and sign-in, and not logged. */
export function identityLocation(index: number): Directive {
  const { question, answer } = blockTokens(index);
  return block(
    why,
    'location',
    ['=', questionPath(question)],
    [directive(why, 'access_log', 'off'), directive(why, 'return', '200', answer)],
  );
}
