-- What happened to a record where it was made, as its system told it: drafted, checked, signed, sent (the business entity 业务实体 of
-- DA/T 46: act, time, who, basis, description).
create table filing.event (
  record_id uuid not null references filing.record on delete cascade,
  seq int not null,
  action text not null,
  at text not null,
  agent text,
  basis text,
  note text,
  primary key (record_id, seq)
);
alter table filing.event enable row level security;
create policy reach on filing.event to lantai_app
  using (exists (select 1 from filing.record r where r.id = record_id));
grant select, insert, delete on filing.event to lantai_app;
