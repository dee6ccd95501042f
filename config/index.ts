/** Taro's build of the mini-program: weapp → dist/weapp and H5 → dist/h5, from one source. Run by Taro's CLI, never by the house. */
import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import { cssVariables } from '../shared/look.ts'

const root = process.cwd()
const here = (...parts: string[]): string => path.resolve(root, ...parts)

/** The little of webpack-chain that is used here. */
interface Chain {
  module: { rule(name: string): { use(name: string): { tap(change: (options: object) => object): void } } }
  plugin(name: string): { use(plugin: unknown, args: unknown[]): void }
  optimization: { splitChunks(options: object): void }
  performance: { hints(on: false): void }
}

/** Babel's options stand here, so that no configuration file lies at the root. */
const babel = (chain: Chain): void => {
  chain.module
    .rule('script')
    .use('babelLoader')
    .tap((options) => ({
      // the platform has put plugins of its own there already
      ...options,
      babelrc: false,
      configFile: false,
      presets: [
        [
          'taro',
          { framework: 'react', ts: true, compiler: 'webpack5', hot: false, targets: { ios: '12', chrome: '78' }, useBuiltIns: false },
        ],
      ],
    }))
}

/** The tokens as a Sass map; app.scss writes them as custom properties. */
const look = `$look: (${Object.entries(cssVariables())
  .map(([name, value]) => `'${name}': '${value.replaceAll("'", '"')}'`)
  .join(', ')});`

export default defineConfig<'webpack5'>({
  projectName: 'chashan',
  date: '2026-11-23',
  // lengths are written in px and stay px: a touch target of 44 is 44 on every phone
  designWidth: 375,
  deviceRatio: { 375: 1, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'miniapp',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  plugins: [],
  alias: { '@shared': here('shared') },
  /** Where the API is, for WeChat; the H5 build asks its own origin. */
  defineConstants: { TARO_APP_ORIGIN: JSON.stringify(process.env.TARO_APP_ORIGIN ?? 'http://127.0.0.1:8800') },
  // no page nests deeper (tests/weapp says so); each level costs 3 KB of templates
  baseLevel: 13,
  cache: { enable: false },
  sass: { data: look },
  // without quote_keys: false the H5 build quotes private names, which is a syntax error
  terser: {
    enable: true,
    config: { compress: { passes: 3 }, output: { comments: false, ascii_only: false, quote_keys: false, keep_quoted_props: false } },
  },
  copy: {
    patterns:
      process.env.TARO_ENV === 'weapp'
        ? [{ from: 'miniapp/project.config.json', to: 'dist/weapp/project.config.json' }]
        : [{ from: 'miniapp/static/', to: 'dist/h5/static/' }],
    options: {},
  },
  mini: {
    // WeChat's logic layer has no AbortController, and the tRPC client makes one for each call
    webpackChain(chain: Chain, webpack: { ProvidePlugin: unknown }) {
      babel(chain)
      chain.plugin('weappGlobals').use(webpack.ProvidePlugin, [{ AbortController: [here('miniapp/lib/abort.ts'), 'AbortController'] }])
    },
    compile: { include: [here('shared')] },
    optimizeMainPackage: { enable: true },
    // parts of a DOM that nothing here uses
    runtime: {
      enableInnerHTML: false,
      enableSizeAPIs: false,
      enableAdjacentHTML: false,
      enableTemplateContent: false,
      enableCloneNode: false,
      enableContains: false,
      enableMutationObserver: false,
    },
    postcss: { pxtransform: { enable: false, config: {} }, cssModules: { enable: false } },
  },
  h5: {
    webpackChain(chain: Chain) {
      babel(chain)
      // what two pages share is loaded once
      chain.optimization.splitChunks({ chunks: 'all', cacheGroups: { common: { name: 'common', minChunks: 2, priority: 1 } } })
      chain.performance.hints(false)
    },
    compile: { include: [here('shared')] },
    publicPath: '/',
    staticDirectory: 'static',
    output: { filename: 'js/[name].[contenthash:8].js', chunkFilename: 'js/[name].[contenthash:8].js' },
    miniCssExtractPluginOption: {
      ignoreOrder: true,
      filename: 'css/[name].[contenthash:8].css',
      chunkFilename: 'css/[name].[contenthash:8].css',
    },
    router: { mode: 'hash' },
    postcss: { autoprefixer: { enable: true, config: {} }, pxtransform: { enable: false, config: {} }, cssModules: { enable: false } },
  },
})
