export { SchemePage as default } from '../features/holdings/schemes/builder.tsx';
