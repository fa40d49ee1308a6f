export { Disposals as default } from '../features/disposal/list.tsx';
