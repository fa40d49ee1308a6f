-- Letters of a page that are drawn by their shapes alone: to be seen, but not in its text and not found.
alter table digitisation.page_text add column nameless int not null default 0;
