import type { ThemeConfig } from 'antd';
import { colours, fonts, sizes } from '#kernel/tokens';
import type { Language } from './api/shapes.ts';

/** Ant Design in paper, ink and seal: no shadows, small radii, compact. */
export function themeFor(language: Language): ThemeConfig {
  return {
    cssVar: { key: 'lantai' },
    hashed: false,
    token: {
      colorPrimary: colours.vermilion,
      colorSuccess: colours.jade,
      colorWarning: colours.amber,
      colorError: colours.vermilion,
      colorInfo: colours.inkSoft,
      colorLink: colours.vermilion,
      // The lighter shades drawn from it are too faint on paper to read.
      colorLinkHover: colours.vermilion,
      colorLinkActive: colours.vermilion,
      colorText: colours.ink,
      colorTextSecondary: colours.inkSoft,
      colorTextTertiary: colours.grey,
      colorTextPlaceholder: colours.grey,
      colorTextDescription: colours.inkSoft,
      colorBgBase: colours.sheet,
      colorBgLayout: colours.paper,
      colorBgContainer: colours.sheet,
      colorBgElevated: colours.sheet,
      colorBorder: colours.lineStrong,
      colorBorderSecondary: colours.line,
      colorSplit: colours.line,
      fontFamily: language === 'zh-TW' ? fonts.sansHant : fonts.sans,
      fontFamilyCode: fonts.mono,
      fontSize: sizes.text,
      lineHeight: sizes.line / sizes.text,
      borderRadius: sizes.radius,
      borderRadiusLG: sizes.radius + 1,
      controlHeight: 30,
      controlHeightSM: 24,
      boxShadow: 'none',
      boxShadowSecondary: `0 0 0 1px ${colours.lineStrong}`,
      boxShadowTertiary: 'none',
      // Nothing slides or fades: a button's spinner waits for the end of its own fading, which a page in the background
      // never tells, and would turn for ever.
      motion: false,
      wireframe: false,
    },
    components: {
      Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
      Tabs: { horizontalItemPadding: '6px 0', horizontalMargin: '0 0 10px' },
      Drawer: { paddingLG: 20 },
      Splitter: { splitBarSize: 2 },
    },
  };
}
