-- What a page of a document holds and its picture does not show: [{kind, count}], [] when all was drawn, null as long as
-- nobody looked (and for images, which are what they show). Read with the page, under its policy; written by the service.
alter table preservation.page add column not_drawn jsonb;
