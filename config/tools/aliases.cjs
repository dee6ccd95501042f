/** The short names that the front ends' builds know, for tools that follow imports. `@/` is the console's; the mini-program has `@shared` only. */
const path = require('node:path')

const root = path.join(__dirname, '../..')

module.exports = { resolve: { alias: { '@shared': path.join(root, 'shared'), '@': path.join(root, 'console') } } }
