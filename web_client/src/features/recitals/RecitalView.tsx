import type { Recital } from '@/api/recitals';
import { PageTitle } from '@/components/PageTitle';
import { Actions } from './Actions';
import { Facts } from './Facts';
import { Recording } from './Recording';
import { Standing } from './Standing';

/** A recital, whatever state it is in. */
export function RecitalView({ recital }: { recital: Recital }) {
  return (
    <>
      <PageTitle title={`\u2068${recital.title}\u2069`} actions={<Actions recital={recital} />}>
        <Facts recital={recital} />
      </PageTitle>
      <Standing recital={recital} />
      {/* What there still is of one that was discarded is being deleted. */}
      {recital.status !== 'discarded' && <Recording recital={recital} />}
    </>
  );
}
