import type { CSSProperties, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PeaksView } from '../../../model/peaks.ts';
import { Empty } from '../../kit/empty.tsx';
import { count } from '../../kit/format.ts';
import { useLocale } from '../../kit/locale.ts';
import { withParams } from '../../kit/url-state.ts';
import { useLabels } from '../../kit/vocabulary.ts';
import { edgesOf, fieldText, type PeakGrid, peakGrid } from './peak-grid.ts';

/** Category × level by frequency, level 5 on top, the warning line as an edge; every figure opens its voices. */
export function PeakMap({ found, segment }: { readonly found: PeaksView; readonly segment: string | null }) {
  const { t } = useTranslation();
  const labels = useLabels();
  const grid = peakGrid(found.cells);
  if (found.cells.length === 0)
    return (
      <div className="panel">
        <Empty why={t('peaks.mapEmpty', { days: found.days })} next={t('peaks.mapEmptyNext')} />
      </div>
    );
  const open = (field: Parameters<typeof fieldText>[2], value: number, text?: string): ReactNode => (
    <Figure field={fieldText(found, segment, field)} value={value} text={text} />
  );
  const ofBranch = (branch: string | null): number => grid.levels.reduce<number>((sum, level) => sum + grid.cell(branch, level).n, 0);
  const ofLevel = (level: number | null): number => grid.branches.reduce<number>((sum, branch) => sum + grid.cell(branch, level).n, 0);
  return (
    <div className="panel">
      <div className="scroller" tabIndex={0} role="group" aria-label={t('peaks.tab.map')}>
        <table className="table peak-map" aria-label={t('peaks.tab.map')}>
          <thead>
            <tr>
              <th scope="col">{t('peaks.levelName')}</th>
              {grid.branches.map((branch) => (
                <th key={String(branch)} scope="col">
                  {labels.value('category_1', branch)}
                </th>
              ))}
              <th scope="col">{t('peaks.total')}</th>
            </tr>
          </thead>
          <tbody>
            {grid.levels.map((level) => (
              <tr key={String(level)}>
                <th scope="row">{level === null ? t('peaks.notGraded') : t('peaks.level', { level })}</th>
                {grid.branches.map((branch) => (
                  <PeakField key={String(branch)} grid={grid} branch={branch} level={level} open={open} />
                ))}
                <td>{open({ level }, ofLevel(level))}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('peaks.total')}</th>
              {grid.branches.map((branch) => (
                <td key={String(branch)}>{open({ branch }, ofBranch(branch))}</td>
              ))}
              <td>
                {open(
                  {},
                  grid.branches.reduce<number>((sum, branch) => sum + ofBranch(branch), 0),
                )}
              </td>
            </tr>
          </tbody>
        </table>
      </div>
      <p className="faint pad">{t('peaks.legend')}</p>
    </div>
  );
}

function PeakField({
  grid,
  branch,
  level,
  open,
}: {
  readonly grid: PeakGrid;
  readonly branch: string | null;
  readonly level: number | null;
  readonly open: (field: Parameters<typeof fieldText>[2], value: number, text?: string) => ReactNode;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { n, above } = grid.cell(branch, level);
  const style = { '--heat': Math.sqrt(n / grid.most).toFixed(2) } as CSSProperties;
  return (
    <td className={['above', ...edgesOf(grid, branch, level)].join(' ')} style={style}>
      {open({ branch, level }, n)}
      {above === 0 ? null : (
        <small className="faint">
          {open({ branch, level, above: true }, above, t('peaks.aboveShare', { above: count(above, locale) }))}
        </small>
      )}
    </td>
  );
}

function Figure({ field, value, text }: { readonly field: string; readonly value: number; readonly text: string | undefined }) {
  const locale = useLocale();
  const [params] = useSearchParams();
  if (value === 0) return <span className="faint">·</span>;
  return (
    <Link className="figure" to={withParams(params, { field })}>
      {text ?? count(value, locale)}
    </Link>
  );
}
