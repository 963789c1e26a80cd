import { createFileRoute, Navigate, Outlet, redirect, useLocation } from '@tanstack/react-router';
import { sessionQuery, useSession } from '@/api/session';
import { Banners } from '@/features/account/Banners';
import { loadTexts } from '../i18n';

/** Everything that is for the signed in; others go to the sign-in page, and come back to where they were going. */
export const Route = createFileRoute('/_member')({
  beforeLoad: async ({ context, location }) => {
    const session = await context.queries.ensureQueryData(sessionQuery);
    if (!session.user_id) throw redirect({ to: '/sign-in', search: { to: location.href } });
    return { session };
  },
  loader: () => loadTexts('account'),
  component: Member,
});

function Member() {
  const session = useSession();
  const { href } = useLocation();
  if (!session.user_id) return <Navigate to="/sign-in" search={{ to: href }} replace />;
  return (
    <>
      <Banners />
      <Outlet />
    </>
  );
}
