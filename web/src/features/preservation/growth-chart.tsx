import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { type ReactNode, useEffect, useRef } from 'react';
import { colours, fonts } from '#kernel/tokens';
import { bytes, count } from '../../lib/format.ts';
import { useWording } from '../../wording.tsx';
import { everyMonth } from './months.ts';
import type { GrowthMonth } from './shapes.ts';

use([BarChart, LineChart, GridComponent, CanvasRenderer]);

/** Bars: bytes in all at each month's end; line: packages in all. The table beside it says the same to everybody. */
export function GrowthChart({ months }: { months: readonly GrowthMonth[] }): ReactNode {
  const { t } = useWording();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!box.current) return;
    const chart = init(box.current);
    const shown = everyMonth(months);
    const text = { color: colours.inkSoft, fontFamily: fonts.sans, fontSize: 12 };
    const axis = {
      axisLabel: { ...text },
      nameTextStyle: { ...text },
      splitLine: { lineStyle: { color: colours.line } },
    };
    chart.setOption({
      animation: false,
      grid: { left: 64, right: 64, top: 28, bottom: 26 },
      xAxis: {
        type: 'category',
        data: shown.map((month) => month.month),
        axisLabel: { ...text, hideOverlap: true },
        axisLine: { lineStyle: { color: colours.lineStrong } },
        axisTick: { show: false },
      },
      yAxis: [
        {
          type: 'value',
          name: t('keeping.growth.totalBytes'),
          ...axis,
          axisLabel: { ...text, formatter: (n: number) => bytes(n) },
        },
        {
          type: 'value',
          name: t('keeping.growth.total'),
          minInterval: 1,
          ...axis,
          splitLine: { show: false },
          axisLabel: { ...text, formatter: (n: number) => count(n) },
        },
      ],
      series: [
        {
          type: 'bar',
          data: shown.map((month) => month.totalBytes),
          itemStyle: { color: colours.jade },
          barMaxWidth: 36,
        },
        {
          type: 'line',
          yAxisIndex: 1,
          data: shown.map((month) => month.totalObjects),
          itemStyle: { color: colours.vermilion },
          lineStyle: { color: colours.vermilion, width: 2 },
          symbolSize: 6,
        },
      ],
    });
    const follow = new ResizeObserver(() => chart.resize());
    follow.observe(box.current);
    return () => {
      follow.disconnect();
      chart.dispose();
    };
  }, [months, t]);
  return <div ref={box} className="growth-chart" role="img" aria-label={t('keeping.growth.chart')} />;
}
