export { BackupsPage as default } from '../features/preservation/backups-page.tsx';
