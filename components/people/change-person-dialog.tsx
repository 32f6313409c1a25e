'use client';
import { ConfirmDialog } from '#components/kit/confirm-dialog';
import { toast } from '#components/kit/toast';
import { type PersonChange, useChangePerson } from '#queries/people';
import type { AskedChange } from './person-row';

interface Words {
  title: (name: string) => string;
  text: string;
  action: string;
  done: (name: string) => string;
}

const words: Record<PersonChange, Words> = {
  disable: {
    title: (name) => `Disable ${name}?`,
    text: 'Their sessions end at once, their API tokens are refused, and they cannot sign in. Nothing of theirs is deleted; you can enable them again.',
    action: 'Disable',
    done: (name) => `${name} is disabled`,
  },
  clearFactors: {
    title: (name) => `Remove the second factor of ${name}?`,
    text: 'For people who lost their phone and recovery codes: make sure that they are the ones who ask. Their passkeys go too, their sessions end, and the password alone signs them in until they set up a new one.',
    action: 'Remove',
    done: (name) => `${name} signs in with the password alone`,
  },
  enable: {
    title: (name) => `Enable ${name}?`,
    text: 'They can sign in again, with the roles and API tokens they had.',
    action: 'Enable',
    done: (name) => `${name} can sign in again`,
  },
  makeAdministrator: {
    title: (name) => `Make ${name} an administrator?`,
    text: 'They may make teams, disable people, make links for new passwords, and make other administrators.',
    action: 'Make administrator',
    done: (name) => `${name} is an administrator now`,
  },
  unmakeAdministrator: {
    title: (name) => `Remove ${name} as administrator?`,
    text: 'Their roles in teams stay as they are.',
    action: 'Remove as administrator',
    done: (name) => `${name} is no longer an administrator`,
  },
};

/** Asks before an administrator changes what a person may. */
export function ChangePersonDialog({
  asked: { person, change },
  onClose,
}: {
  asked: AskedChange;
  onClose: () => void;
}) {
  const mutation = useChangePerson();
  const { title, text, action, done } = words[change];
  return (
    <ConfirmDialog
      title={title(person.name)}
      text={text}
      action={action}
      variant={change === 'disable' || change === 'clearFactors' ? 'destructive' : 'default'}
      running={mutation}
      onOpenChange={onClose}
      onConfirm={() =>
        mutation.mutate(
          { id: person.id, change },
          {
            onSuccess: () => {
              toast.success(done(person.name));
              onClose();
            },
          },
        )
      }
    />
  );
}
