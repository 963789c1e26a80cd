import { Spinner } from '@/components/Spinner';

export function WaitingPage() {
  return (
    <div className="flex justify-center py-24 text-2xl text-muted">
      <Spinner />
    </div>
  );
}
