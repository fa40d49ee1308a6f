-- Segments that no consolidated one stands in for: what is drawn together next. Made again by a rebuild.
create table preservation.loose_segment (
  stream text not null,
  number int not null,
  -- 0: written as rows changed; else by how many consolidations.
  level int not null default 0,
  rows bigint not null default 0,
  primary key (stream, number)
);
-- The house's own bookkeeping, read and written by the owner alone.
alter table preservation.loose_segment enable row level security;

insert into preservation.loose_segment (stream, number)
select split_part(object_id, ':', 4), split_part(object_id, ':', 5)::int from preservation.object
where kind = 'segment' and object_id ~ '^urn:lantai:segment:[a-z0-9-]+:[1-9][0-9]*$' on conflict do nothing;

alter table preservation.rebuild_segment
  add column level int not null default 0,
  add column rows bigint not null default 0,
  -- A whole segment behind it holds all it holds.
  add column superseded boolean not null default false;
