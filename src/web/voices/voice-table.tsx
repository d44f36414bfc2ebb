import { useTranslation } from 'react-i18next';
import type { VoiceRow } from '../api/types.ts';
import { useLabels } from '../kit/vocabulary.ts';
import { When } from '../kit/when.tsx';

/** Voices as people read them: when, what, why, where. Cards on a phone. */
export function VoiceTable({ rows, onOpen }: { readonly rows: readonly VoiceRow[]; readonly onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  return (
    <div className="scroller">
      <table className="table cards">
        <thead>
          <tr>
            <th scope="col" style={{ width: 120 }}>
              {t('voices.time')}
            </th>
            <th scope="col">{t('voices.text')}</th>
            <th scope="col" style={{ width: 200 }}>
              {t('voices.cause')}
            </th>
            <th scope="col" style={{ width: 180 }}>
              {t('voices.place')}
            </th>
            <th scope="col" style={{ width: 120 }}>
              {t('voices.kind')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <VoiceLine key={row.id} row={row} onOpen={onOpen} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function VoiceLine({ row, onOpen }: { readonly row: VoiceRow; readonly onOpen: (id: number) => void }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const place = [row.district ?? row.city, row.community].flatMap((code, i) =>
    code === null ? [] : [labels.value(i === 0 ? (row.district === null ? 'city' : 'district') : 'community', code)],
  );
  return (
    <tr onClick={() => onOpen(row.id)} style={{ cursor: 'pointer' }}>
      <td>
        <When at={row.said_at} />
        {row.said_at_known ? null : <div className="faint">{t('voices.timeGuessed')}</div>}
      </td>
      <td>
        <button
          type="button"
          className="open-voice clamp"
          onClick={(e) => {
            e.stopPropagation();
            onOpen(row.id);
          }}
        >
          {row.text}
        </button>
      </td>
      <td>
        {labels.value('category', row.category)}
        <div className="faint">{row.department === null ? '' : labels.value('department', row.department)}</div>
      </td>
      <td>{place.join(' · ')}</td>
      <td>{[labels.value('kind', row.kind), labels.value('channel', row.channel)].join(' · ')}</td>
    </tr>
  );
}
