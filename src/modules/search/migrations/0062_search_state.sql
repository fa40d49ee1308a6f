-- By which rule the index was made. Where the program has a newer one, the index is renewed while searches go on.
create table search.state (
  single boolean primary key default true check (single),
  version int not null,
  -- Where a renewal under way has got to.
  renewed_to uuid
);
alter table search.state enable row level security;
insert into search.state (version) values (1);
