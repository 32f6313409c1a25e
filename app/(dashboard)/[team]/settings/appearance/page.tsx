import type { Metadata } from 'next';
import { AppearanceSettings } from '#components/team/appearance-settings';

export const metadata: Metadata = { title: 'Appearance' };

export default function Appearance() {
  return <AppearanceSettings />;
}
