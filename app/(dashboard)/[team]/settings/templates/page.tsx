import type { Metadata } from 'next';
import { TemplatesSettings } from '#components/template/templates-settings';

export const metadata: Metadata = { title: 'Templates' };

export default function Templates() {
  return <TemplatesSettings />;
}
