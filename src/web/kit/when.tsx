import { fullMoment, moment } from './format.ts';
import { useLocale } from './locale.ts';

/** A time on the province's clock; the whole of it on hover. */
export function When({ at }: { readonly at: string | null }) {
  const locale = useLocale();
  if (at === null || Number.isNaN(Date.parse(at))) return <span className="quiet">–</span>;
  return (
    <time dateTime={at} title={fullMoment(at, locale)} className="nowrap">
      {moment(at, new Date(), locale)}
    </time>
  );
}
