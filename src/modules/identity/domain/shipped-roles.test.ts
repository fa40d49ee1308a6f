import { describe, expect, it } from 'vitest';
import { CAPABILITIES } from '#kernel/actor';
import { SIDE_OF } from './separation.ts';
import { isRole, ROLES, sideOf } from './shipped-roles.ts';

const quoted = (s: string) => `'${s.replaceAll("'", "''")}'`;
const list = (all: readonly string[]) => `array[${all.map(quoted).join(', ')}]::text[]`;

/** The migration that brings the shipped roles and the sides of capabilities into the database. */
function migration(): string {
  const sides = CAPABILITIES.filter((c) => SIDE_OF[c] !== 'neutral').map(
    (c) => `    when ${quoted(c)} then ${quoted(SIDE_OF[c])}`,
  );
  const rows = Object.keys(ROLES)
    .filter(isRole)
    .map((code) => {
      const { names, capabilities } = ROLES[code];
      const words = [code, sideOf(code), names['zh-CN'], names['zh-TW'], names.en].map(quoted).join(', ');
      return `  (${words},\n    ${list(capabilities)})`;
    });
  return `-- Written from domain/separation.ts and domain/shipped-roles.ts by their test; not by hand.
create or replace function identity.side_of(capability text) returns text language sql immutable parallel safe as $$
  select case capability
${sides.join('\n')}
  end
$$;
insert into identity.role (code, side, name_zh_cn, name_zh_tw, name_en, capabilities) values
${rows.join(',\n')}
on conflict (code) do update set side = excluded.side, name_zh_cn = excluded.name_zh_cn,
  name_zh_tw = excluded.name_zh_tw, name_en = excluded.name_en, capabilities = excluded.capabilities,
  version = identity.role.version + 1
where (identity.role.side, identity.role.name_zh_cn, identity.role.name_zh_tw, identity.role.name_en, identity.role.capabilities)
  is distinct from (excluded.side, excluded.name_zh_cn, excluded.name_zh_tw, excluded.name_en, excluded.capabilities);
`;
}

describe('the shipped roles', () => {
  it('reach the database as they stand here', async () => {
    await expect(migration()).toMatchFileSnapshot('../migrations/0012_shipped_roles.again.sql');
  });

  it('stand on one side each, and the three administrators on three', () => {
    for (const code of Object.keys(ROLES).filter(isRole)) expect(() => sideOf(code), code).not.toThrow();
    expect([sideOf('administrator'), sideOf('security-administrator'), sideOf('auditor')]).toEqual([
      'system',
      'security',
      'audit',
    ]);
  });
});
