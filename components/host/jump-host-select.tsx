'use client';
import { useQuery } from '@tanstack/react-query';
import { FormField } from '#components/kit/form-field';
import { useTeam } from '#components/kit/team-context';
import { NativeSelect } from '#components/ui/native-select';
import { hostQueries } from '#queries/hosts';
import { sentence } from '../kit/sentence';

interface Props {
  value: string;
  onChange: (id: string) => void;
  error: string | undefined;
  /** The host itself. */
  except?: string | undefined;
}

/** Through which other host a host is reached. Shown once there is one that could be it. */
export function JumpHostSelect({ value, onChange, error, except }: Props) {
  const team = useTeam();
  const hosts = useQuery(hostQueries.choices(team.slug));
  const options = (hosts.data ?? []).filter(
    ({ id, transport, access }) => id !== except && transport === 'ssh' && access === 'direct',
  );
  if (options.length === 0 && value === '') return null;
  return (
    <FormField
      label="Jump host"
      hint="Where no direct way leads there. Both host keys are checked."
      error={error && sentence(error)}
      className="sm:col-span-2"
    >
      {(control) => (
        <NativeSelect
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className="w-full"
        >
          <option value="">none, it is reached directly</option>
          {options.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </NativeSelect>
      )}
    </FormField>
  );
}
