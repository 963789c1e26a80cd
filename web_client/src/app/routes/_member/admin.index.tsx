import { createFileRoute, redirect } from '@tanstack/react-router';

export const Route = createFileRoute('/_member/admin/')({
  beforeLoad: () => {
    throw redirect({ to: '/admin/people', replace: true });
  },
});
