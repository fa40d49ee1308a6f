import type { paths } from '../../api/schema.generated.ts';

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Account = Answer<'/me/account'>;
export type Factor = Account['factors'][number];
export type SessionItem = Answer<'/me/sessions'>['items'][number];
export type ApiToken = Answer<'/me/tokens'>['items'][number];
export type ServiceAccount = Answer<'/service-accounts'>['items'][number];
export type FactorDemand = Answer<'/factor-demands'>['items'][number];
export type WantedToken = paths['/me/tokens']['post']['requestBody']['content']['application/json'];
