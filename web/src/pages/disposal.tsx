export { DisposalPage as default } from '../features/disposal/detail.tsx';
