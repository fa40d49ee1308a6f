import type { preservation as source } from '../zh-CN/preservation.ts';

export const preservation: Readonly<Record<keyof typeof source, string>> = {
  'alarm.damaged': '「{object}」在「{store}」的副本已損壞',
  'alarm.missing': '「{object}」在「{store}」的副本不見了',
  'alarm.undecided': '「{object}」的各份副本互相矛盾，需要由人判斷（見於「{store}」）',
  'alarm.ahead': '「{object}」在「{store}」的副本比目錄所知更新，需要由人判斷',
  'alarm.manyFailing': '「{store}」有大量副本損壞或不見',
  'alarm.unreachable': '「{store}」無法連線',
  'alarm.foreign': '「{store}」的位置上是別的東西',
  'alarm.cameBackOld': '「{store}」回到了較早的狀態',
  'alarm.full': '「{store}」空間已滿',
  'alarm.notKeeping': '「{store}」沒有如實留存寫入的內容',
  'alarm.state.open': '待處理',
  'alarm.state.acknowledged': '已知悉',
  'alarm.state.solved': '已解決',
  'error.store.notFound': '沒有這個儲存庫。',
  'error.store.duplicate': '已有同名的儲存庫。',
  'error.store.taken': '這個位置已由別的儲存庫使用，或在別的儲存庫之內。',
  'error.store.badAddress': '請填寫完整的資料夾路徑（如 /mnt/disk2/lantai），或 s3://儲存桶/前綴 並附金鑰。',
  'error.store.main': '主儲存庫不能停用、清空或登記遺失；請用副本修復它。',
  'error.store.wrongState': '這個儲存庫已不再使用。',
  'error.store.changed': '別人剛剛改過這個儲存庫。',
  'error.store.heldTooFew':
    '沒有這個儲存庫，有些資訊包的副本會少於要求的 {wanted} 份。請等其他儲存庫備齊，或將它登記為遺失。',
  'error.alarm.notFound': '沒有這則警示。',
  'error.alarm.wrongState': '已有人處理過這則警示。',
  'error.archive.notFound': '沒有這個檔案館，或其典藏不在您的權限之內。',
};
