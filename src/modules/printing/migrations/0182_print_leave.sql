-- The leave in single cases a print was asked for with: whoever sees an entry by leave has it on paper.
alter table printing.print_order add column grants jsonb not null default '[]';
