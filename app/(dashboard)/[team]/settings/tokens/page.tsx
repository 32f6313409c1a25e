import type { Metadata } from 'next';
import { TokensSettings } from '#components/team/tokens-settings';

export const metadata: Metadata = { title: 'API tokens' };

export default function Tokens() {
  return <TokensSettings />;
}
