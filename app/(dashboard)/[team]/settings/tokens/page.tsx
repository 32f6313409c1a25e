import type { Metadata } from 'next';
import { TokensSettings } from '#components/token/tokens-settings';

export const metadata: Metadata = { title: 'API tokens' };

export default function Tokens() {
  return <TokensSettings />;
}
