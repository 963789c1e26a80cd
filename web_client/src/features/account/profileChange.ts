import type { Me } from '@/api/me';
import type { MeChange } from './useChangeMe';

const EARLIEST_BIRTH = 1900;
const LONGEST_NAME = 80;

export interface Written {
  name: string;
  language: string;
  birth_year: string;
  sex: string;
}

export type Fault = 'name' | 'birth_year';

/** What is wrong with what was written. */
export function faultsIn({ name, birth_year }: Written, year = new Date().getFullYear()): Fault[] {
  const faults: Fault[] = [];
  if (name === '' || [...name].length > LONGEST_NAME) faults.push('name');
  const isYear = /^\d{4}$/.test(birth_year) && +birth_year >= EARLIEST_BIRTH && +birth_year <= year;
  if (birth_year !== '' && !isYear) faults.push('birth_year');
  return faults;
}

const SEXES = ['female', 'male', 'other'] as const;

/** Only what is not as it was: two pages that are open at once must not take back what the other has changed. */
export function changeOf(me: Me, written: Written): MeChange {
  const wished = {
    name: written.name,
    language: written.language || null,
    birth_year: written.birth_year === '' ? null : Number(written.birth_year),
    sex: SEXES.find((sex) => sex === written.sex) ?? null,
  };
  return {
    ...(wished.name !== me.name && { name: wished.name }),
    ...(wished.language !== me.language && { language: wished.language }),
    ...(wished.birth_year !== me.birth_year && { birth_year: wished.birth_year }),
    ...(wished.sex !== me.sex && { sex: wished.sex }),
  };
}
