import { isRole, ROLES, type Role, SENDER_ROLE } from '#modules/identity';

/** An account of the sample. All have the same password, which is printed. */
export interface SampleAccount {
  /** What the account shows: a role of the house, or whom it stands for. */
  role: string;
  username: string;
  displayName: string;
  archive: string;
  roles: readonly Role[];
  subtree: boolean;
}

export const PASSWORD = 'orchid-terrace-2025';

/** The archive most sample accounts work for. */
export const COUNTY = '970121';

const county = (role: Role, displayName: string): SampleAccount => ({
  role,
  username: role,
  displayName,
  archive: COUNTY,
  roles: [role],
  subtree: false,
});

type PersonRole = Exclude<Role, typeof SENDER_ROLE>;
const isPersonRole = (code: string): code is PersonRole => isRole(code) && code !== SENDER_ROLE;

/** One who bears it, for every role Lantai comes with that is a person's. */
const NAMES: Readonly<Record<PersonRole, string>> = {
  director: '顾明远',
  archivist: '沈清如',
  receiving: '秦远行',
  describer: '文知微',
  custody: '石敬之',
  digitisation: '叶新晴',
  'reading-room': '阮静姝',
  'opening-review': '纪慎言',
  editing: '柳成章',
  supervision: '严子良',
  statistics: '钱数清',
  clerk: '陶小满',
  approver: '梁守成',
  reader: '韦知秋',
  'agency-clerk': '麦小穗',
  'agency-officer': '蓝文书',
  'agency-head': '尚局长',
  contractor: '易扫描',
  volunteer: '宋热心',
  citizen: '牛百姓',
  'citizen-verified': '常实名',
  'other-archive': '邻馆生',
  administrator: '骆文涛',
  'security-administrator': '卞守密',
  auditor: '褚正言',
};

export const ACCOUNTS: readonly SampleAccount[] = [
  ...Object.keys(ROLES)
    .filter(isPersonRole)
    .map((role) => county(role, NAMES[role])),
  {
    role: 'province',
    username: 'province',
    displayName: '殷若谷',
    archive: '970000',
    roles: ['archivist', 'director'],
    subtree: true,
  },
  {
    role: 'province-approver',
    username: 'reviewer',
    displayName: '卫书衡',
    archive: '970000',
    roles: ['approver'],
    subtree: true,
  },
  {
    // Stores and backups are the whole installation's, so who keeps them does so from the top.
    role: 'province-administrator',
    username: 'keeper',
    displayName: '管守库',
    archive: '970000',
    roles: ['administrator'],
    subtree: true,
  },
  {
    role: 'city',
    username: 'city',
    displayName: '方岚',
    archive: '970100',
    roles: ['archivist'],
    subtree: false,
  },
];
