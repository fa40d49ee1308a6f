export { CodeTemplates as default } from '../features/holdings/code-templates.tsx';
