import { ConfigProvider, theme } from 'antd';
import { type ReactNode, useLayoutEffect } from 'react';
import { useSettings, useThemeName } from '../settings.ts';
import { enUs, zhCn } from './antd-locales.ts';
import { pageNonce } from './dynamic-css.ts';
import { applyTokens, fontFamily, type ThemeName, tokens } from './tokens.ts';

const nonce = pageNonce();

/** Colours and measures of antd's parts, taken from our tokens. */
function antdTheme(name: ThemeName) {
  const of = tokens[name];
  return {
    algorithm: name === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    hashed: false,
    cssVar: { key: 'hl' },
    token: {
      colorPrimary: of.accent,
      colorInfo: of.accent,
      colorLink: of.accent,
      colorError: of.bad,
      colorText: of.ink,
      colorTextSecondary: of.ink2,
      colorTextPlaceholder: of.ink2,
      colorTextLightSolid: of.onAccent,
      colorBgContainer: of.paper,
      colorBgElevated: of.raised,
      colorBgLayout: of.bg,
      colorBorder: of.edge,
      colorBorderSecondary: of.line,
      colorSplit: of.line2,
      fontFamily,
      fontSize: 14,
      lineHeight: 1.45,
      borderRadius: 3,
      borderRadiusSM: 2,
      borderRadiusXS: 2,
      borderRadiusLG: 3,
      controlHeight: 30,
      motion: false,
    },
    components: {
      Button: {
        contentFontSize: 13,
        paddingInline: 11,
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
      },
    },
  };
}

/** Colours, texts of antd's own parts and the nonce for everything below. */
export function Theme({ children }: { children: ReactNode }) {
  const name = useThemeName();
  const { language } = useSettings();
  useLayoutEffect(() => applyTokens(name), [name]);
  return (
    <ConfigProvider
      {...(nonce === undefined ? {} : { csp: { nonce } })}
      theme={antdTheme(name)}
      locale={language === 'en' ? enUs : zhCn}
      wave={{ disabled: true }}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  );
}
