export { EditUnit as default } from '../features/holdings/unit-edit.tsx';
