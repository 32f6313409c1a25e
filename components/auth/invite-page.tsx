'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { ErrorState } from '#components/kit/error-state';
import { Button } from '#components/ui/button';
import { Skeleton } from '#components/ui/skeleton';
import { invitationQueries } from '#queries/invitations';
import { sessionQueries } from '#queries/session';
import { AcceptInvitation } from './accept-invitation';
import { JoinForm } from './join-form';
import { oneTimeLink } from './one-time-link';
import { keepFragment, useFragment } from './use-fragment';

/** Where an invitation's link leads: says what is offered, and lets a new or a known person take it. */
export function InvitePage() {
  const fragment = useFragment();
  const link = fragment === null ? null : oneTimeLink(fragment);
  const offer = useQuery({ ...invitationQueries.look(link?.id ?? ''), enabled: link !== null });
  const session = useQuery(sessionQueries.get());

  if (fragment !== null && link === null) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">This link is incomplete</h1>
        <p className="text-muted-foreground text-sm">
          An invitation ends in a long one-time code. Copy the whole link from the message again, or ask the
          person who invited you for a new one.
        </p>
      </div>
    );
  }
  if (offer.isError) {
    return (
      <div className="flex flex-col gap-4">
        <h1 className="font-semibold text-xl tracking-tight">Invitation</h1>
        <ErrorState error={offer.error} />
        <Button asChild variant="outline" size="lg">
          <Link href="/">To the start</Link>
        </Button>
      </div>
    );
  }
  if (!link || !offer.data || session.isPending) {
    return (
      <div className="flex flex-col gap-4" aria-busy>
        <span role="status" className="sr-only">
          Loading the invitation
        </span>
        <Skeleton className="h-7 w-2/3" />
        <Skeleton className="h-32" />
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h1 className="font-semibold text-xl tracking-tight">Join {offer.data.team}</h1>
        <p className="text-muted-foreground text-sm">
          You are invited as {offer.data.role}, at{' '}
          <span className="[overflow-wrap:anywhere]">{offer.data.email}</span>.
        </p>
      </div>
      {session.data ? (
        <AcceptInvitation link={link} session={session.data} team={offer.data.team} />
      ) : offer.data.known ? (
        <>
          <p className="text-sm">There is an account with this address. Sign in, and you will return here.</p>
          <Button asChild size="lg">
            <Link href="/sign-in?next=/invite" onClick={() => keepFragment(`${link.id}.${link.secret}`)}>
              Sign in
            </Link>
          </Button>
        </>
      ) : (
        <JoinForm link={link} email={offer.data.email} />
      )}
    </div>
  );
}
