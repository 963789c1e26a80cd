import { Spinner } from '@/components/Spinner';

export function WaitingPage() {
  return (
    <h1 className="flex justify-center py-24 text-2xl text-muted">
      <Spinner />
    </h1>
  );
}
