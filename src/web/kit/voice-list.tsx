import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VoicePage } from '../../model/voice-views.ts';
import { Answered } from './answered.tsx';
import { count } from './format.ts';
import { useLocale } from './locale.ts';
import { useLabels } from './vocabulary.ts';
import { When } from './when.tsx';

/** The voices behind a figure that filters cannot name: the count first, then page by page, each opening its voice. */
export function VoiceList({
  name,
  ask,
  words,
}: {
  readonly name: readonly unknown[];
  readonly ask: (cursor: string | null) => Promise<VoicePage>;
  /** What the count says, with it written as people do. */
  readonly words: (count: string) => string;
}) {
  const { t } = useTranslation();
  const locale = useLocale();
  const labels = useLabels();
  const query = useInfiniteQuery({
    queryKey: ['voices', ...name],
    queryFn: ({ pageParam }) => ask(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  return (
    <Answered query={query}>
      {({ pages }) => (
        <div className="stack wide">
          <p>{words(count(pages[0]?.count ?? 0, locale))}</p>
          <ul className="plain-list tight">
            {pages
              .flatMap((page) => page.rows)
              .map((row) => (
                <li key={row.id} className="stack" style={{ gap: 2 }}>
                  <span className="row between">
                    <span>
                      <span className="tag">{labels.value('kind', row.kind)}</span>{' '}
                      <Link to={`/voices?period=all&voice=${row.id}`}>{labels.value('category', row.category)}</Link>
                    </span>
                    <When at={row.said_at} />
                  </span>
                  <span className="faint">{row.text}</span>
                </li>
              ))}
          </ul>
          {query.hasNextPage ? (
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('funnel.more')}
            </Button>
          ) : null}
        </div>
      )}
    </Answered>
  );
}
