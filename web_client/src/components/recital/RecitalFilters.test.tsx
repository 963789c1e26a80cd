import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderPage } from '@/test/render';
import { RecitalFilters } from './RecitalFilters';

test('what is chosen takes the place of what was chosen before, and leaves the other filter alone', async () => {
  const onFilter = vi.fn();
  const { person } = await renderPage(
    <RecitalFilters filter={{ status: 'uploaded', flag: 'noisy' }} onFilter={onFilter} />,
  );
  expect(screen.getByLabelText('Quality')).toHaveDisplayValue('Noise behind the voice');
  await person.selectOptions(screen.getByLabelText('Quality'), 'To be listened to again');
  expect(onFilter).toHaveBeenLastCalledWith({ status: 'uploaded', needs_review: true });
  await person.selectOptions(screen.getByLabelText('State'), 'Any');
  expect(onFilter).toHaveBeenLastCalledWith({ status: undefined, flag: 'noisy' });
});
