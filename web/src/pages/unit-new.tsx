export { NewUnit as default } from '../features/holdings/unit-new.tsx';
