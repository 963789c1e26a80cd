import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/me';
import { Problem } from '@/api/problem';
import { Button } from '@/components/Button';
import { Field, SelectField } from '@/components/Field';
import { ProblemNote } from '@/components/ProblemNote';
import { changeOf, type Fault, faultsIn, type Written } from './profileChange';
import { Section } from './Section';
import { SpokenLanguageField } from './SpokenLanguageField';
import { useChangeMe } from './useChangeMe';

export function Profile({ me }: { me: Me }) {
  const { t } = useTranslation('account');
  const form = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const saving = useChangeMe({ shownInPlace: true });

  useEffect(() => {
    if (faults.length) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [faults]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (saving.isPending) return;
    const written = read(new FormData(event.currentTarget));
    const found = faultsIn(written);
    setFaults(found);
    if (found.length) return;
    saving.mutate(changeOf(me, written), {
      onError: (error) => {
        if (error instanceof Problem)
          setFaults((['name', 'birth_year'] as const).filter((name) => name in error.fields));
      },
    });
  };
  const faultOf = (name: Fault) => (faults.includes(name) ? t(`profile.faults.${name}`) : undefined);

  return (
    <Section title={t('profile.title')} text={t('profile.why')}>
      <form
        ref={form}
        onSubmit={submit}
        onChange={() => saving.isSuccess && saving.reset()}
        noValidate
        className="flex flex-col gap-5"
      >
        <Field
          label={t('profile.name')}
          name="name"
          autoComplete="name"
          dir="auto"
          required
          defaultValue={me.name ?? ''}
          error={faultOf('name')}
        />
        <SpokenLanguageField value={me.language} />
        <div className="grid gap-5 sm:grid-cols-2">
          <Field
            label={t('profile.birthYear')}
            optional={t('profile.optional')}
            name="birth_year"
            inputMode="numeric"
            autoComplete="bday-year"
            maxLength={4}
            defaultValue={me.birth_year ?? ''}
            error={faultOf('birth_year')}
          />
          <SelectField
            label={t('profile.sex')}
            optional={t('profile.optional')}
            name="sex"
            defaultValue={me.sex ?? ''}
          >
            <option value="">{t('profile.unsaid')}</option>
            <option value="female">{t('profile.female')}</option>
            <option value="male">{t('profile.male')}</option>
            <option value="other">{t('profile.other')}</option>
          </SelectField>
        </div>
        {faults.length === 0 && <ProblemNote error={saving.error} namespace="account" />}
        <div className="flex items-center gap-4">
          <Button type="submit" look="primary" busy={saving.isPending}>
            {t('profile.save')}
          </Button>
          <p role="status" className="text-success">
            {saving.isSuccess && t('profile.saved')}
          </p>
        </div>
      </form>
    </Section>
  );
}

function read(data: FormData): Written {
  const text = (name: string) => String(data.get(name) ?? '').trim();
  return { name: text('name'), language: text('language'), birth_year: text('birth_year'), sex: text('sex') };
}
