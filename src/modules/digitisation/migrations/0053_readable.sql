alter policy reading on digitisation.page_text using (exists (select from holdings.readable r where r.id = unit_id));
