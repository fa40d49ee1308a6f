import { type MessageKey, type Params, t } from '#kernel/wording';

/** The console's words as a Chinese reader sees them: the journeys find buttons and fields by what people read. */
export const w = (key: MessageKey, params?: Params): string => t('zh-CN', key, params);
