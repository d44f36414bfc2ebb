import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RecordForm } from '../../model/recording.ts';
import type { Me } from '../../model/account.ts';
import { Answered } from '../kit/answered.tsx';
import { useMe } from '../kit/me.ts';
import { PageHead } from '../kit/page-head.tsx';
import { CustomerPanel } from './customer-panel.tsx';
import { recordForm } from './floor-calls.ts';
import { EffectsDue } from './effects-due.tsx';
import './floor.css';
import { JudgementNote } from './judgement.tsx';
import { DeskForm } from './desk-form.tsx';
import { useRecord } from './use-record.ts';

/** One contact, recorded in seconds: who, what about, save. */
export function RecordPage() {
  const { t } = useTranslation();
  const me = useMe().data;
  const query = useQuery({ queryKey: ['record', 'form'], queryFn: recordForm });
  return (
    <div className="page">
      <PageHead
        name={t('record.title')}
        words={query.data === undefined ? t('record.title') : t('record.words', { count: query.data.mine_today })}
        under={t('record.keys')}
      />
      <Answered query={query}>{(form) => (me === undefined ? null : <Desk me={me} form={form} />)}</Answered>
    </div>
  );
}

function Desk({ me, form }: { readonly me: Me; readonly form: RecordForm }) {
  const record = useRecord(me.member, form);
  return (
    <div className="desk">
      <DeskForm form={form} record={record} />
      <div className="stack wide">
        <CustomerPanel found={record.found} causes={form.causes} />
        <EffectsDue />
        {form.judgement === null ? null : <JudgementNote judgement={form.judgement} />}
      </div>
    </div>
  );
}
