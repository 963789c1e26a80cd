import { ShortId } from './ShortId';

interface CalledProps {
  id: string;
  name: string | null | undefined;
  email: string | null | undefined;
}

/** What somebody is called, with their address on pointing at it; of machines and those who have left, the id. */
export function Called({ id, name, email }: CalledProps) {
  if (!name && !email) return <ShortId id={id} />;
  return <bdi title={name && email ? email : undefined}>{name ?? email}</bdi>;
}
