import { answerHeader, blockTokens, questionPath } from '../block-tokens';
import { type ApacheNode, because, directive } from './directive';
import { escapePattern } from './pattern';

const why = because('asked after each reload: only this block, of this very text, knows the answer');

/** Path that is asked of the vhost with this number in its file. */
export const identityPath = (index: number): string => questionPath(blockTokens(index).question);

/**
 * How the vhost with this number in its file shows that it is the one that answers. Decided before access rules; a header, because Apache has no
 * text to answer with that is not a file.
 */
export function identityNodes(index: number): readonly ApacheNode[] {
  const path = identityPath(index);
  return [
    directive('RewriteRule', [`^${escapePattern(path)}$`, '-', '[R=204,END]'], why),
    directive(
      'Header',
      ['always', 'set', answerHeader, blockTokens(index).answer, `expr=%{REQUEST_URI} == '${path}'`],
      why,
    ),
  ];
}
