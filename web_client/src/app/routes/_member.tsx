import { createFileRoute, Navigate, Outlet, redirect, useLocation } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { sessionQuery, useSession } from '@/api/session';

/** Most people have none to read, so no page waits for them. */
const Banners = lazy(async () => ({ default: (await import('@/features/account/Banners')).Banners }));

/** What was read aloud is sent on whichever page somebody comes back to. */
const UnsentNote = lazy(async () => ({
  default: (await import('@/features/recite/UnsentNote')).UnsentNote,
}));

/** Everything that is for the signed in; others go to the sign-in page, and come back to where they were going. */
export const Route = createFileRoute('/_member')({
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session.user_id) throw redirect({ to: '/sign-in', search: { to: location.href } });
    return { session };
  },
  component: Member,
});

/** What a page is opened for comes first. */
const PAGE_FIRST_MS = 1000;

function Member() {
  const session = useSession();
  const { href } = useLocation();
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const soon = setTimeout(() => setSettled(true), PAGE_FIRST_MS);
    return () => clearTimeout(soon);
  }, []);
  if (!session.user_id) return <Navigate to="/sign-in" search={{ to: href }} replace />;
  return (
    <>
      {settled && (
        <Suspense fallback={null}>
          <Banners />
          <UnsentNote />
        </Suspense>
      )}
      <Outlet />
    </>
  );
}
