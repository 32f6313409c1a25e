import { Lock } from 'lucide-react';
import { EmptyState } from '#components/kit/empty-state';

/** A page for those who look after the installation. */
export function AdministratorsOnly() {
  return (
    <EmptyState icon={Lock} title="This page is for administrators of the installation" className="pt-24">
      The first person is one, and can appoint others. Ask the person who set up Gatehouse.
    </EmptyState>
  );
}
