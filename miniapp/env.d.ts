/** Where the API is, put in by the build (config/index.ts). */
declare const TARO_APP_ORIGIN: string

declare module '*.scss'
declare module '*.png' {
  const path: string
  export default path
}
