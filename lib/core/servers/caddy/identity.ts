import { blockTokens, questionPath } from '../block-tokens';
import { because, type CaddyNode, directive } from './tree';

const why = because('asked after each reload: only this block, of this very text, knows the answer');

// What `skip_log` of Caddy 2.6 and `log_skip` of 2.8 set; either name means nothing to the other.
const unlogged = ['skip_log', 'log_skip'].map((name) => directive(why, 'vars', '@gatehouse', name, 'true'));

/** How the site block with this number in its file shows that it is the one that answers. */
export function identityNodes(index: number, logs: boolean): readonly CaddyNode[] {
  const { question, answer } = blockTokens(index);
  return [
    directive(why, '@gatehouse', 'path', questionPath(question)),
    ...(logs ? unlogged : []),
    directive(why, 'respond', '@gatehouse', answer, '200'),
  ];
}
