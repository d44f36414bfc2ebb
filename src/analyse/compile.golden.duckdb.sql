-- all voices
with now_rows as (select count(*) as voices from voice_rows where true),
listed as materialized (select coalesce(n.voices, 0) as c0 from now_rows n)
select *, (select count(*) from listed) as total_rows
from listed
order by c0 desc nulls last
limit 1000;
-- []

-- a city per day and category
with now_rows as (select cast(said_local as date) as k0, category_1 as k1, count(*) as voices, avg(score) as mean_score from voice_rows where city = $1::varchar and said_local >= $2::timestamp and said_local < $3::timestamp group by 1, 2),
listed as materialized (select strftime(n.k0, '%Y-%m-%d') as c0, n.k1 as c1, coalesce(n.voices, 0) as c2, coalesce(n.voices, 0) * 1.0 / nullif((select sum(voices) from now_rows), 0) as c3, n.mean_score as c4 from now_rows n)
select *, (select count(*) from listed) as total_rows
from listed
order by c0 asc nulls last, c2 desc nulls last, c1 asc nulls last
limit 200;
-- ["jn","2026-03-01 00:00:00.000","2026-04-01 00:00:00.000"]

-- a branch, unmapped, with words
with now_rows as (select unit_id as k0, count(*) as voices, count(distinct customer) as customers from voice_rows where city is not null and (starts_with(unit_path, $1::varchar) or district = $2::varchar) and (category = $3::varchar or category is null) and contains(text_masked, $4::varchar) and contains(text_masked, $5::varchar) group by 1),
listed as materialized (select n.k0 as c0, coalesce(n.voices, 0) as c1, coalesce(n.customers, 0) as c2 from now_rows n)
select *, (select count(*) from listed) as total_rows
from listed
order by c1 desc nulls last, c0 asc nulls last
limit 1000;
-- ["/p/jn/lx/","lx","fixed/broadband/outage","实名制","光改"]

-- rates compared with the previous period
with now_rows as (select city as k0, kind as k1, count(*) as voices from voice_rows where product = $1::varchar and said_local >= $2::timestamp and said_local < $3::timestamp group by 1, 2),
now_base as (select city as k0, count(*) as subscribers from subscriber_rows where product = $4::varchar and (since is null or since < $5::timestamp) and (until is null or until >= $6::timestamp) group by 1),
past_rows as (select city as k0, kind as k1, count(*) as voices from voice_rows where product = $7::varchar and said_local >= $8::timestamp and said_local < $9::timestamp group by 1, 2),
past_base as (select city as k0, count(*) as subscribers from subscriber_rows where product = $10::varchar and (since is null or since < $11::timestamp) and (until is null or until >= $12::timestamp) group by 1),
groups as (select k0, k1 from now_rows union select k0, k1 from past_rows),
listed as materialized (select g.k0 as c0, g.k1 as c1, coalesce(n.voices, 0) as c2, coalesce(p.voices, 0) as c3, (coalesce(n.voices, 0) - coalesce(p.voices, 0)) * 1.0 / nullif(coalesce(p.voices, 0), 0) as c4, coalesce(n.voices, 0) * 10000.0 / nullif(nb.subscribers, 0) as c5, coalesce(p.voices, 0) * 10000.0 / nullif(pb.subscribers, 0) as c6, (coalesce(n.voices, 0) * 10000.0 / nullif(nb.subscribers, 0) - coalesce(p.voices, 0) * 10000.0 / nullif(pb.subscribers, 0)) * 1.0 / nullif(coalesce(p.voices, 0) * 10000.0 / nullif(pb.subscribers, 0), 0) as c7 from groups g left join now_rows n on g.k0 is not distinct from n.k0 and g.k1 is not distinct from n.k1 left join now_base nb on g.k0 is not distinct from nb.k0 left join past_rows p on g.k0 is not distinct from p.k0 and g.k1 is not distinct from p.k1 left join past_base pb on g.k0 is not distinct from pb.k0)
select *, (select count(*) from listed) as total_rows
from listed
order by c4 desc nulls last, c0 asc nulls last, c1 asc nulls last
limit 1000;
-- ["broadband","2026-03-01 00:00:00.000","2026-04-01 00:00:00.000","broadband","2026-03-31 16:00:00.000","2026-02-28 16:00:00.000","broadband","2026-01-29 00:00:00.000","2026-02-07 08:00:00.000","broadband","2026-02-07 00:00:00.000","2026-01-28 16:00:00.000"]

-- subscribers per city and attributes
with now_rows as (select city as k0, count(*) as voices from voice_rows where city is not null and agent = $1::varchar and (attributes[$2::varchar] = $3::varchar or attributes[$2::varchar] is null) group by 1),
now_base as (select city as k0, count(*) as subscribers from subscriber_rows where false group by 1),
groups as (select k0 from now_rows union select k0 from now_base),
listed as materialized (select g.k0 as c0, coalesce(nb.subscribers, 0) as c1 from groups g left join now_rows n on g.k0 is not distinct from n.k0 left join now_base nb on g.k0 is not distinct from nb.k0)
select *, (select count(*) from listed) as total_rows
from listed
order by c1 desc nulls last, c0 asc nulls last
limit 1000;
-- ["007","level","高"]
