alter policy reading on preservation.content using (exists (select from holdings.readable r where r.id = unit_id));
alter policy reading on preservation.page using (exists (select from holdings.readable r where r.id = unit_id));
