import { TextField } from '../kit/text-field';
import type { AddressErrors, TypedAddress } from './address-errors';
import { suggestName } from './address-errors';
import { JumpHostSelect } from './jump-host-select';

interface Props {
  value: TypedAddress;
  onChange: (change: Partial<TypedAddress>) => void;
  errors: AddressErrors;
  /** The host itself, where it exists already. */
  hostId?: string;
  /** The account belongs to the locked-down key. */
  fixedUser?: boolean;
}

/** Where a host is and who signs in there. */
export function AddressFields({ value, onChange, errors, hostId, fixedUser = false }: Props) {
  return (
    <div className="grid gap-4 sm:grid-cols-[minmax(0,1fr)_9rem]">
      <TextField
        label="Address"
        name="address"
        placeholder="web1.example.com or 10.0.0.5"
        value={value.address}
        onChange={(event) => {
          const address = event.target.value;
          const follows = value.name === '' || value.name === suggestName(value.address);
          onChange({ address, ...(follows && { name: suggestName(address) }) });
        }}
        error={errors.address}
      />
      <TextField
        label="SSH port"
        name="port"
        inputMode="numeric"
        value={value.port}
        onChange={(event) => onChange({ port: event.target.value })}
        error={errors.port}
      />
      <TextField
        label="Account"
        name="user"
        hint={
          fixedUser
            ? 'The account that the locked-down key belongs to.'
            : 'root, or an account that may use sudo without a password.'
        }
        readOnly={fixedUser}
        value={value.user}
        onChange={(event) => onChange({ user: event.target.value })}
        error={errors.user}
      />
      <TextField
        label="Name"
        name="name"
        hint="As your team calls it."
        className="sm:col-span-2"
        value={value.name}
        onChange={(event) => onChange({ name: event.target.value })}
        error={errors.name}
      />
      <JumpHostSelect
        value={value.jumpHostId}
        onChange={(jumpHostId) => onChange({ jumpHostId })}
        error={errors.jumpHostId}
        except={hostId}
      />
    </div>
  );
}
