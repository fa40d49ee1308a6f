export { FactorDemands as default } from '../features/account/demands.tsx';
