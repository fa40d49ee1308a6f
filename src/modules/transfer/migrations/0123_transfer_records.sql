-- What a batch is made of: what somebody uploaded, or records the agency has filed, of which a choice was made.
alter table transfer.batch add column source text not null default 'uploads' check (source in ('uploads', 'records'));
alter table transfer.batch add column choice jsonb;
alter table transfer.batch add constraint batch_choice check ((source = 'records') = (choice is not null));
