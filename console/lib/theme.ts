/** The look tokens, as antd's theme and as CSS variables; nothing else in the console names a colour. */
import { tokens } from '@shared/look.ts'
import type { ThemeConfig } from 'antd'

const { colors, fonts, radius, size, space, shadow } = tokens

export const theme: ThemeConfig = {
  token: {
    colorPrimary: colors.tea,
    colorInfo: colors.tea,
    colorLink: colors.tea,
    colorSuccess: colors.leaf,
    colorWarning: colors.liquor,
    colorError: colors.alarm,
    colorTextBase: colors.ink,
    colorText: colors.ink,
    colorTextSecondary: colors.ink2,
    colorTextTertiary: colors.ink2,
    colorTextDescription: colors.ink2,
    colorTextPlaceholder: colors.ink2,
    colorBgLayout: colors.paper,
    colorBgContainer: colors.card,
    colorBorder: colors.ink3,
    colorBorderSecondary: colors.line,
    colorSplit: colors.line,
    borderRadius: radius.control,
    borderRadiusLG: radius.card,
    fontFamily: fonts.body,
    fontSize: size.desk,
    boxShadow: shadow,
    boxShadowSecondary: shadow,
    wireframe: false,
    // who has asked the system for less motion gets dialogs and lists that are there at once
    motion: !matchMedia('(prefers-reduced-motion: reduce)').matches,
  },
  components: {
    Layout: { headerBg: colors.card, siderBg: colors.card, bodyBg: colors.paper, headerPadding: `0 ${space.xl}px` },
    Menu: { itemSelectedBg: colors.paper, itemSelectedColor: colors.tea, itemBorderRadius: radius.control },
    Table: {
      headerBg: colors.paper,
      headerColor: colors.ink2,
      rowHoverBg: colors.paper,
      headerSplitColor: colors.line,
      headerBorderRadius: 0,
      cellPaddingInlineMD: space.l,
    },
    Tabs: { titleFontSize: size.desk },
    Button: { defaultBorderColor: colors.line, primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none' },
    Segmented: { trackBg: colors.line },
  },
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (part) => `-${part.toLowerCase()}`)

/** Writes the tokens to the root element, for the stylesheets, and to the tab's icon. */
export const wearTokens = (): void => {
  const style = document.documentElement.style
  for (const [name, value] of Object.entries(colors)) style.setProperty(`--${kebab(name)}`, value)
  for (const [name, value] of Object.entries(space)) style.setProperty(`--space-${name}`, `${value}px`)
  for (const [name, value] of Object.entries(radius)) style.setProperty(`--radius-${name}`, `${value}px`)
  for (const [name, value] of Object.entries(size)) style.setProperty(`--size-${name}`, `${value / 16}rem`)
  style.setProperty('--font-body', fonts.body)
  style.setProperty('--font-heading', fonts.heading)
  style.setProperty('--shadow', shadow)
  const leaf = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="${colors.tea}"/><path d="M9 23C8 13 14 8 24 8c0 10-5 15.5-12 14l6-8-9 9z" fill="${colors.paper}"/></svg>`
  document.querySelector('link[rel=icon]')?.setAttribute('href', `data:image/svg+xml,${encodeURIComponent(leaf)}`)
}
