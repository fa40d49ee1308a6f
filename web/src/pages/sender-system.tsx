export { SenderSystem as default } from '../features/intake/system-page.tsx';
