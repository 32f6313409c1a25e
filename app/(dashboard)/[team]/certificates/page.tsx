import type { Metadata } from 'next';
import { CertificatesPage } from '#components/certificate/certificates-page';

export const metadata: Metadata = { title: 'Certificates' };

export default function Certificates() {
  return <CertificatesPage />;
}
