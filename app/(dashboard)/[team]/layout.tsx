import type { ReactNode } from 'react';
import { DashboardShell } from '#components/frame/dashboard-shell';

interface Props {
  children: ReactNode;
  params: Promise<{ team: string }>;
}

export default async function TeamLayout({ children, params }: Props) {
  const { team } = await params;
  return <DashboardShell team={team}>{children}</DashboardShell>;
}
