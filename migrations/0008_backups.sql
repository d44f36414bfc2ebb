-- What copies there are of this home; the files lie where `file` says. Rows of the machine: a backup does not carry them.
create table backups (
  id text primary key,
  started_at timestamptz not null,
  finished_at timestamptz,
  reason text not null check (reason in ('asked', 'scheduled', 'before-upgrade')),
  state text not null check (state in ('running', 'done', 'failed')),
  file text not null,
  bytes bigint,
  rows bigint,
  voices bigint,
  -- Last migration that it carries.
  level integer,
  -- restored: opened as a home of its own and every promise checked; read: every byte, count and checksum read again.
  verified text check (verified in ('restored', 'read')),
  verified_at timestamptz,
  error text,
  -- Set when the file was removed to make room for newer ones.
  removed_at timestamptz
);
create index backups_started on backups (started_at desc, id);
