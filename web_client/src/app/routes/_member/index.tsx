import { createFileRoute } from '@tanstack/react-router';
import { HomePage } from '@/features/home/HomePage';
import { latestQuery } from '@/features/home/latest';
import { Recorder } from '@/features/recorder/Recorder';
import { UploadPicker } from '@/features/uploads/UploadPicker';
import { UploadNews, UploadRows } from '@/features/uploads/UploadRows';
import { useBring, useUploads } from '@/features/uploads/useUploads';
import { loadTexts } from '../../i18n';

export const Route = createFileRoute('/_member/')({
  loader: ({ context }) => {
    void context.queries.prefetchQuery(latestQuery); // on its way while the page's code is
    return loadTexts('home', 'recorder', 'uploads');
  },
  component: Home,
});

/** Here the features meet that know nothing of each other: what is recorded is handed to the uploads. */
function Home() {
  const uploads = useUploads();
  const { mutateAsync: bring } = useBring();
  return (
    <>
      <HomePage
        recorder={<Recorder onSend={(recorded) => bring([{ ...recorded, onlyHere: true }])} />}
        picker={<UploadPicker />}
        uploads={<UploadRows shown={uploads} />}
        uploadCount={uploads.length}
      />
      <UploadNews shown={uploads} />
    </>
  );
}
