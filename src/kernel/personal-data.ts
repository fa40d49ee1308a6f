export { PERSONAL_CIPHERS, type PersonalCipher, ValueBroken } from './personal-data/cipher.ts';
export { maskAddress, maskIdNumber, maskName, maskTelephone } from './personal-data/masking.ts';
export { type MatchField, normalised } from './personal-data/normalised.ts';
export {
  createRenewal,
  type PersonalRenewal,
  type PersonalShelf,
  RENEW_PERSONAL_JOB,
  type Renewed,
  type RenewedBatch,
} from './personal-data/renewal.ts';
export { createVault, type PersonalVault, type WritingKey } from './personal-data/vault.ts';
