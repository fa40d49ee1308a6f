-- Accounts of systems that agencies' records come from: like 'service' they have tokens and never sign in, but they are looked after
-- where what they may send is (intake), not among the archive's own.
alter table identity.person
  drop constraint person_kind_check,
  add constraint person_kind_check check (kind in ('person', 'service', 'sender'));
-- Networks a token may be used from; null: any.
alter table identity.api_token add column addresses cidr[];
