import type { Metadata } from 'next';
import { IssuersSettings } from '#components/certificate/issuers-settings';

export const metadata: Metadata = { title: 'Issuers' };

export default function Issuers() {
  return <IssuersSettings />;
}
