-- Deposits that sender systems made: which system, by which id of its own, and a fingerprint of what it said, so that the same call again
-- makes no second one.
alter table deposit.deposit add column sent_by uuid;
alter table deposit.deposit add column sender_id text;
alter table deposit.deposit add column sent_digest text;
-- Uploads as they were, by content: they are gone when it is sealed.
alter table deposit.deposit add column sent jsonb;
alter table deposit.deposit add constraint deposit_sent check (num_nulls(sent_by, sender_id, sent_digest, sent) in (0, 4));
-- One that failed may be sent again.
create unique index deposit_sender on deposit.deposit (sent_by, sender_id) where state <> 'failed';
