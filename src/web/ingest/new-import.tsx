import { useQueryClient } from '@tanstack/react-query';
import { AutoComplete, Button, Segmented } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Carries } from '../../model/import-views.ts';
import { useNavigate } from 'react-router';
import { startImport } from '../api/calls.ts';
import { useMay } from '../kit/me.ts';
import { ProblemView } from '../kit/problem-view.tsx';
import { useVocabulary } from '../kit/vocabulary.ts';
import { useOnce } from '../kit/use-once.ts';
import { PasteKey } from './paste-key.tsx';

function useUpload() {
  const go = useNavigate();
  const cache = useQueryClient();
  return useOnce({
    mutationFn: ({ file, source, as }: { file: File; source: string; as: Carries }) => startImport(file, source, as),
    onSuccess: async ({ batch }) => {
      await cache.invalidateQueries({ queryKey: ['imports', 'list'] });
      void go(`/imports/${batch.id}`);
    },
  });
}

/** Choose or drop one file, name its source, and go on with what was recognised. */
export function NewImport() {
  const { t } = useTranslation();
  const may = useMay();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [source, setSource] = useState('');
  const [as, setAs] = useState<Carries>('voices');
  const [over, setOver] = useState(false);
  const upload = useUpload();
  const sources = (useVocabulary().data?.sources ?? []).map((s) => ({ value: s.names.zh }));
  return (
    <section
      className={`drop ${over ? 'over' : ''}`}
      onDragOver={(e) => {
        e.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(e) => {
        e.preventDefault();
        setOver(false);
        setFile(e.dataTransfer.files[0] ?? null);
      }}
    >
      <div className="row">
        <Button type={file === null ? 'primary' : 'default'} onClick={() => picker.current?.click()}>
          {t('imports.choose')}
        </Button>
        <strong style={{ overflowWrap: 'anywhere' }}>{file === null ? t('imports.drop') : file.name}</strong>
        <input
          ref={picker}
          type="file"
          hidden
          aria-label={t('imports.choose')}
          accept=".csv,.tsv,.txt,.xlsx,.ndjson,.jsonl,.json,.gz"
          onChange={(e) => setFile(e.target.files?.[0] ?? null)}
        />
        <PasteKey onPaste={setFile} />
      </div>
      <span className="faint">{t('imports.dropHelp')}</span>
      {file === null ? null : (
        <div className="row" style={{ alignItems: 'flex-end', gap: 16 }}>
          <div className="field">
            <span className="label">{t('imports.source')}</span>
            <AutoComplete
              aria-label={t('imports.source')}
              style={{ width: 260, maxWidth: '100%' }}
              value={source}
              options={sources}
              onChange={setSource}
              placeholder={t('imports.sourceNeeded')}
            />
          </div>
          {may('customers.import') ? (
            <Segmented
              aria-label={t('imports.as')}
              value={as}
              options={[
                { value: 'voices', label: t('imports.asVoices') },
                { value: 'customers', label: t('imports.asCustomers') },
                { value: 'usage', label: t('imports.asUsage') },
              ]}
              onChange={setAs}
            />
          ) : null}
          <Button
            type="primary"
            disabled={source.trim() === ''}
            loading={upload.isPending}
            onClick={() => upload.mutate({ file, source: source.trim(), as })}
          >
            {t('imports.start')}
          </Button>
          <span className="faint" style={{ flexBasis: '100%' }}>
            {t('imports.sourceHelp')}
          </span>
        </div>
      )}
      {upload.error === null ? null : <ProblemView error={upload.error} />}
    </section>
  );
}
