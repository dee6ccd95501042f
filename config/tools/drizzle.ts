import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'mysql',
  schema: ['./server/platform/tables.ts', './server/modules/*/tables.ts'],
  out: './server/migrations',
})
