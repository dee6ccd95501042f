/** Brings a database to the present shape: the migrations that it has not seen, in order. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/mysql2'
import { migrate } from 'drizzle-orm/mysql2/migrator'
import mysql from 'mysql2/promise'

const FOLDER = fileURLToPath(new URL('../migrations', import.meta.url))

/** Applies what is missing from `folder`. DDL commits by itself in MySQL: a run that died half way is reported with the statement it stopped at. */
export async function migrateDatabase(url: string, folder: string = FOLDER): Promise<void> {
  if (!fs.existsSync(path.join(folder, 'meta', '_journal.json'))) throw new Error('no migrations found')
  const connection = await mysql.createConnection({ uri: url, multipleStatements: false })
  try {
    await migrate(drizzle(connection), { migrationsFolder: folder })
  } finally {
    await connection.end()
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const url = process.argv[2]
  if (!url) throw new Error('usage: migrate <database url>')
  await migrateDatabase(url)
  console.log('the database is up to date')
}
