const DIGITS = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];

/**
 * Writes the numbers of a shown date with Chinese digits, as the format modifiers [DBNum1] (二〇二四年三月十八日)
 * and [DBNum2] (贰零贰肆年叁月壹拾捌日) ask: years digit by digit, smaller numbers with 十.
 */
export function chineseDate(text: string, formal: boolean): string {
  const digits = formal ? FORMAL : DIGITS;
  const ten = formal ? '拾' : '十';
  return text.replace(/\d+/g, (number) => {
    const value = Number(number);
    if (number.length > 2) return [...number].map((d) => digits[Number(d)]).join('');
    if (value < 10) return digits[value]!;
    const tens = Math.floor(value / 10);
    const head = tens === 1 && !formal ? '' : digits[tens]!;
    return head + ten + (value % 10 === 0 ? '' : digits[value % 10]!);
  });
}
