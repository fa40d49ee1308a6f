import { expect, it } from 'vitest';
import { judgeLogin } from './doctorChecks.ts';

it('the doctor tells a login that can not be left from none, and what to do', () => {
  expect(judgeLogin({ kind: 'own', name: 'lantai_web', url: 'postgresql://' })).toEqual({
    name: 'database login',
    state: 'ok',
    message: 'the application is logged in as lantai_web and can not leave it',
  });
  const none = judgeLogin({ kind: 'none', reason: 'the owner may not make the login lantai_web' });
  expect(none.state).toBe('warning');
  expect(none.message).toContain('the owner may not make the login lantai_web');
  expect(none.message).toContain('LANTAI_DATABASE_APP_URL');
});
