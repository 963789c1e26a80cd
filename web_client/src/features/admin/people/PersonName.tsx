import type { Person } from './people';

/** A person's name with their address below it, each in its own direction. */
export function PersonName({
  person: { name, email, id },
}: {
  person: Pick<Person, 'name' | 'email' | 'id'>;
}) {
  return (
    <>
      <span className="block font-medium">
        <bdi>{name ?? email ?? id}</bdi>
      </span>
      {name && email && (
        <span className="block text-muted text-sm">
          <bdi>{email}</bdi>
        </span>
      )}
    </>
  );
}
