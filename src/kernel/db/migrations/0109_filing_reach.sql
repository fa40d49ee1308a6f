-- Rows of filing and handovers that are in reach of the asker: of archives with all their agencies, or of single agencies. For
-- policies, beside whatever else decides (a draft is the agency's alone):
--   using ((select lantai.sees_all()) or agency_id = any ((select lantai.filing_agencies())::uuid[]) or archive_id = any ((select lantai.filing_archives())::uuid[]))
create function lantai.filing_archives() returns uuid[] language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as
  $$ begin return lantai.reach('filing', 'archives')::uuid[]; end $$;
create function lantai.filing_agencies() returns uuid[] language plpgsql stable parallel safe set search_path = pg_catalog, pg_temp as
  $$ begin return lantai.reach('filing', 'agencies')::uuid[]; end $$;
grant execute on function lantai.filing_archives(), lantai.filing_agencies() to lantai_app;
