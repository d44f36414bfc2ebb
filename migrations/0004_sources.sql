-- Every city has its own sources, and two cities may well call theirs alike.
alter table sources drop constraint sources_name_key;
