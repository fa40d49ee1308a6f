export { ItemPage as default } from '../features/item/item.tsx';
