-- Written from domain/separation.ts and domain/shipped-roles.ts by their test; not by hand.
create or replace function identity.side_of(capability text) returns text language sql immutable parallel safe as $$
  select case capability
    when 'holdings.read' then 'content'
    when 'holdings.write' then 'content'
    when 'holdings.draft' then 'content'
    when 'content.read' then 'content'
    when 'master.read' then 'content'
    when 'content.export' then 'content'
    when 'grants.manage' then 'content'
    when 'import.run' then 'content'
    when 'access.propose' then 'content'
    when 'access.decide' then 'content'
    when 'certificate.request' then 'content'
    when 'certificate.approve' then 'content'
    when 'personal.unmask' then 'content'
    when 'preservation.manage' then 'content'
    when 'disposal.propose' then 'content'
    when 'disposal.decide' then 'content'
    when 'filing.read' then 'content'
    when 'filing.write' then 'content'
    when 'filing.approve' then 'content'
    when 'schedule.approve' then 'content'
    when 'transfer.receive' then 'content'
    when 'transfer.decide' then 'content'
    when 'accessions.read' then 'content'
    when 'accessions.write' then 'content'
    when 'accessions.decide' then 'content'
    when 'secrets.handle' then 'security'
    when 'intake.send' then 'content'
    when 'people.manage' then 'system'
    when 'stores.manage' then 'system'
    when 'rights.manage' then 'security'
    when 'audit.read' then 'audit'
    when 'audit.report' then 'audit'
  end
$$;
insert into identity.role (code, side, name_zh_cn, name_zh_tw, name_en, capabilities) values
  ('director', 'content', '馆领导', '館領導', 'Director',
    array['holdings.read', 'content.read', 'grants.manage', 'access.decide', 'certificate.approve', 'personal.unmask', 'rights.approve', 'people.read', 'stats.read', 'preservation.read', 'disposal.decide', 'filing.read', 'schedule.approve', 'transfer.decide', 'accessions.read', 'accessions.decide']::text[]),
  ('archivist', 'content', '档案管理员', '檔案管理員', 'Archivist',
    array['holdings.read', 'content.read', 'master.read', 'content.export', 'holdings.write', 'holdings.draft', 'import.run', 'access.propose', 'access.decide', 'certificate.request', 'preservation.read', 'disposal.propose', 'filing.read', 'transfer.receive', 'accessions.read', 'accessions.write']::text[]),
  ('receiving', 'content', '接收征集', '接收徵集', 'Receiving',
    array['holdings.read', 'content.read', 'holdings.write', 'holdings.draft', 'import.run', 'filing.read', 'transfer.receive', 'accessions.read', 'accessions.write']::text[]),
  ('describer', 'content', '著录员', '著錄員', 'Describer',
    array['holdings.read', 'content.read', 'holdings.draft']::text[]),
  ('custody', 'content', '保管', '保管', 'Custody',
    array['holdings.read', 'content.read', 'master.read', 'holdings.write', 'holdings.draft', 'preservation.read', 'preservation.manage', 'disposal.propose']::text[]),
  ('digitisation', 'content', '数字化', '數位化', 'Digitisation',
    array['holdings.read', 'content.read', 'master.read', 'import.run']::text[]),
  ('reading-room', 'content', '查阅服务', '閱覽服務', 'Reading room',
    array['holdings.read', 'content.read', 'certificate.request']::text[]),
  ('opening-review', 'content', '开放审核', '開放審核', 'Opening review',
    array['holdings.read', 'content.read', 'access.propose']::text[]),
  ('editing', 'content', '编研展览', '編研展覽', 'Editing and exhibitions',
    array['holdings.read', 'content.read', 'content.export']::text[]),
  ('supervision', 'content', '监督指导', '監督指導', 'Supervision',
    array['holdings.read', 'stats.read', 'preservation.read', 'filing.read', 'schedule.approve', 'accessions.read']::text[]),
  ('statistics', 'content', '统计', '統計', 'Statistics',
    array['stats.read']::text[]),
  ('clerk', 'content', '窗口人员', '窗口人員', 'Window clerk',
    array['holdings.read', 'content.read', 'certificate.request']::text[]),
  ('approver', 'content', '审批人', '審批人', 'Approver',
    array['holdings.read', 'content.read', 'grants.manage', 'access.decide', 'certificate.approve', 'personal.unmask', 'preservation.read', 'disposal.decide', 'filing.read', 'transfer.decide', 'accessions.read', 'accessions.decide']::text[]),
  ('reader', 'content', '内部阅览', '內部閱覽', 'Staff reader',
    array['holdings.read', 'content.read']::text[]),
  ('agency-clerk', 'content', '立档单位档案员', '立檔單位檔案員', 'Agency clerk',
    array['holdings.read', 'filing.read', 'filing.write']::text[]),
  ('agency-officer', 'content', '立档单位档案主管', '立檔單位檔案主管', 'Agency records officer',
    array['holdings.read', 'content.read', 'filing.read', 'filing.write', 'filing.approve']::text[]),
  ('agency-head', 'content', '立档单位负责人', '立檔單位負責人', 'Head of agency',
    array['holdings.read', 'content.read', 'stats.read', 'filing.read', 'filing.approve']::text[]),
  ('sender-system', 'content', '业务系统（报送）', '業務系統（報送）', 'Sender system',
    array['intake.send']::text[]),
  ('contractor', 'content', '外包人员', '外包人員', 'Contractor',
    array['import.run']::text[]),
  ('volunteer', 'content', '志愿者', '志工', 'Volunteer',
    array[]::text[]),
  ('citizen', 'content', '公民（手机实名）', '公民（手機實名）', 'Citizen, name given by telephone',
    array[]::text[]),
  ('citizen-verified', 'content', '公民（证件实名）', '公民（證件實名）', 'Citizen, name proved by identity card',
    array[]::text[]),
  ('other-archive', 'content', '外馆人员', '外館人員', 'Staff of another archive',
    array[]::text[]),
  ('administrator', 'system', '系统管理员', '系統管理員', 'System administrator',
    array['people.manage', 'people.read', 'stores.manage', 'preservation.read']::text[]),
  ('security-administrator', 'security', '安全保密管理员', '安全保密管理員', 'Security administrator',
    array['rights.manage', 'rights.approve', 'people.read', 'secrets.handle']::text[]),
  ('auditor', 'audit', '安全审计员', '安全稽核員', 'Audit administrator',
    array['audit.read', 'audit.report', 'people.read']::text[])
on conflict (code) do update set side = excluded.side, name_zh_cn = excluded.name_zh_cn,
  name_zh_tw = excluded.name_zh_tw, name_en = excluded.name_en, capabilities = excluded.capabilities,
  version = identity.role.version + 1
where (identity.role.side, identity.role.name_zh_cn, identity.role.name_zh_tw, identity.role.name_en, identity.role.capabilities)
  is distinct from (excluded.side, excluded.name_zh_cn, excluded.name_zh_tw, excluded.name_en, excluded.capabilities);
