import type { Role } from '#modules/identity';

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

const county = (role: Role, displayName: string): SampleAccount => ({
  role,
  username: role,
  displayName,
  archive: '970121',
  roles: [role],
  subtree: false,
});

export const ACCOUNTS: readonly SampleAccount[] = [
  county('director', '顾明远'),
  county('archivist', '沈清如'),
  county('clerk', '陶小满'),
  county('approver', '梁守成'),
  county('reader', '韦知秋'),
  county('administrator', '骆文涛'),
  county('auditor', '褚正言'),
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
    role: 'city',
    username: 'city',
    displayName: '方岚',
    archive: '970100',
    roles: ['archivist'],
    subtree: false,
  },
];
