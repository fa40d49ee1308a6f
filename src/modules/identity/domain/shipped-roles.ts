import type { Capability } from '#kernel/actor';
import { type Side, sideOfRole } from './separation.ts';

interface ShippedRole {
  names: { 'zh-CN': string; 'zh-TW': string; en: string };
  capabilities: readonly Capability[];
}

const role = (
  zhCN: string,
  zhTW: string,
  en: string,
  ...capabilities: readonly Capability[]
): ShippedRole => ({ names: { 'zh-CN': zhCN, 'zh-TW': zhTW, en }, capabilities });

/**
 * The roles every install has. The database gets them from migration 0012, which a test writes and
 * compares (`vitest -u` after a change here); archives make roles of their own beside them.
 *
 * A role may be without capabilities: whoever bears it sees what is open, and what is granted case by case.
 */
export const ROLES = {
  director: role(
    '馆领导', '館領導', 'Director',
    'holdings.read', 'content.read', 'grants.manage', 'access.decide', 'certificate.approve', 'personal.unmask', 'rights.approve', 'people.read', 'stats.read',
    'preservation.read', 'disposal.decide', 'filing.read', 'schedule.approve', 'transfer.decide', 'accessions.read', 'accessions.decide',
  ), // biome-ignore format: a table
  archivist: role(
    '档案管理员', '檔案管理員', 'Archivist',
    'holdings.read', 'content.read', 'master.read', 'content.export', 'holdings.write', 'holdings.draft', 'import.run', 'access.propose', 'access.decide', 'certificate.request',
    'preservation.read', 'disposal.propose', 'filing.read', 'transfer.receive', 'accessions.read', 'accessions.write',
  ), // biome-ignore format: a table
  receiving: role(
    '接收征集', '接收徵集', 'Receiving',
    'holdings.read', 'content.read', 'holdings.write', 'holdings.draft', 'import.run', 'filing.read', 'transfer.receive', 'accessions.read', 'accessions.write',
  ), // biome-ignore format: a table
  describer: role('著录员', '著錄員', 'Describer', 'holdings.read', 'content.read', 'holdings.draft'),
  custody: role(
    '保管', '保管', 'Custody',
    'holdings.read', 'content.read', 'master.read', 'holdings.write', 'holdings.draft',
    'preservation.read', 'preservation.manage', 'disposal.propose',
  ), // biome-ignore format: a table
  digitisation: role(
    '数字化',
    '數位化',
    'Digitisation',
    'holdings.read',
    'content.read',
    'master.read',
    'import.run',
  ),
  'reading-room': role(
    '查阅服务',
    '閱覽服務',
    'Reading room',
    'holdings.read',
    'content.read',
    'certificate.request',
  ),
  'opening-review': role(
    '开放审核',
    '開放審核',
    'Opening review',
    'holdings.read',
    'content.read',
    'access.propose',
  ),
  editing: role(
    '编研展览',
    '編研展覽',
    'Editing and exhibitions',
    'holdings.read',
    'content.read',
    'content.export',
  ),
  supervision: role(
    '监督指导',
    '監督指導',
    'Supervision',
    'holdings.read',
    'stats.read',
    'preservation.read',
    'filing.read',
    'schedule.approve',
    'accessions.read',
  ),
  statistics: role('统计', '統計', 'Statistics', 'stats.read'),
  clerk: role('窗口人员', '窗口人員', 'Window clerk', 'holdings.read', 'content.read', 'certificate.request'),
  approver: role(
    '审批人', '審批人', 'Approver',
    'holdings.read', 'content.read', 'grants.manage', 'access.decide', 'certificate.approve', 'personal.unmask',
    'preservation.read', 'disposal.decide', 'filing.read', 'transfer.decide', 'accessions.read', 'accessions.decide',
  ), // biome-ignore format: a table
  reader: role('内部阅览', '內部閱覽', 'Staff reader', 'holdings.read', 'content.read'),
  'agency-clerk': role('立档单位档案员', '立檔單位檔案員', 'Agency clerk', 'holdings.read', 'filing.read', 'filing.write'), // biome-ignore format: a table
  'agency-officer': role(
    '立档单位档案主管', '立檔單位檔案主管', 'Agency records officer',
    'holdings.read', 'content.read', 'filing.read', 'filing.write', 'filing.approve',
  ), // biome-ignore format: a table
  'agency-head': role(
    '立档单位负责人',
    '立檔單位負責人',
    'Head of agency',
    'holdings.read',
    'content.read',
    'stats.read',
    'filing.read',
    'filing.approve',
  ),
  'sender-system': role('业务系统（报送）', '業務系統（報送）', 'Sender system', 'intake.send'),
  contractor: role('外包人员', '外包人員', 'Contractor', 'import.run'),
  volunteer: role('志愿者', '志工', 'Volunteer'),
  citizen: role('公民（手机实名）', '公民（手機實名）', 'Citizen, name given by telephone'),
  'citizen-verified': role('公民（证件实名）', '公民（證件實名）', 'Citizen, name proved by identity card'),
  'other-archive': role('外馆人员', '外館人員', 'Staff of another archive'),
  administrator: role(
    '系统管理员', '系統管理員', 'System administrator',
    'people.manage', 'people.read', 'stores.manage', 'preservation.read',
  ), // biome-ignore format: a table
  'security-administrator': role(
    '安全保密管理员', '安全保密管理員', 'Security administrator',
    'rights.manage', 'rights.approve', 'people.read', 'secrets.handle',
  ), // biome-ignore format: a table
  auditor: role(
    '安全审计员',
    '安全稽核員',
    'Audit administrator',
    'audit.read',
    'audit.report',
    'people.read',
  ),
} as const satisfies Record<string, ShippedRole>;

export type Role = keyof typeof ROLES;

export function isRole(s: string): s is Role {
  return Object.hasOwn(ROLES, s);
}

/** What the account of a system that sends an agency's records has, and nobody else. */
export const SENDER_ROLE = 'sender-system';

/** Roles in an agency that gives its records to the archive: held through a post there, for what is the agency's. */
export function isWithinAgency(code: string): boolean {
  return code === 'agency-clerk' || code === 'agency-officer' || code === 'agency-head';
}

/** The side of a shipped role. */
export function sideOf(code: Role): Side {
  const side = sideOfRole(ROLES[code].capabilities);
  if (!side) throw new Error(`the shipped role ${code} stands on two sides`);
  return side;
}

/** The three administrators' roles, in the order they are named at the first start. */
export const THREE_ADMINISTRATORS = ['administrator', 'security-administrator', 'auditor'] as const;
