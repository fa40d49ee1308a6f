-- Handover by media: the batch is signed and sent off-line, and is received when what came off all media is what was signed.
alter table transfer.batch drop constraint batch_state_check;
alter table transfer.batch add constraint batch_state_check check (state in ('preparing', 'prechecking', 'checked', 'dispatched',
  'reading', 'sent', 'received', 'checking', 'reviewing', 'proposed', 'accepting', 'accepted', 'returned', 'withdrawn', 'blocked',
  'removed'));
alter table transfer.batch add column carrier text not null default 'online' check (carrier in ('online', 'offline'));
-- {mediumBytes, wrong, media: [{no, number, first, files, bytes, sha256, read}]}: which lines of the list are on which medium.
alter table transfer.batch add column media jsonb;
-- What was read off media and waits to be looked at, and whose uploads it is.
alter table transfer.batch add column media_uploads text[] not null default '{}';
alter table transfer.batch add column media_by uuid;
drop index transfer.batch_under_way;
create index batch_under_way on transfer.batch (moved_at)
  where state in ('prechecking', 'reading', 'sent', 'checking', 'accepting');
