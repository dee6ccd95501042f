/**
 * The house rules: who may import whom (dependency-cruiser). Paths are those of the tree, each anchored with ^, so that a rule forbids what it
 * names and nothing else. Type-only imports count like any other: a room that knows another's types knows the other. They are seen because
 * swc reads the files; dependency-cruiser's own TypeScript reader wants a compiler older than 7.
 * tests/architecture/boundaries.test.ts runs every rule over the tree, and each over a fixture that breaks it.
 */

/** The rooms from the ground up: a room may call any room before it in this list and none after it. */
const rooms = [
  'identity',
  'analytics',
  'notices',
  'assets',
  'tenants',
  'payments',
  'moderation',
  'traceability',
  'enterprise',
  'settlement',
  'freight',
  'catalogue',
  'search',
  'live',
  'storefront',
  'room',
  'promotions',
  'orders',
  'shipping',
  'after-sale',
  'reviews',
]

const MODULE = '^server/modules/([^/]+)/'
/** Everything of our own; packages and Node are not meant by a rule that says `to: HOUSE`. */
const HOUSE = '^(server|shared|config|miniapp|console|tests)/'
const DOORS = '^server/modules/[^/]+/(buyer|shop|park)\\.ts$'
const BELLS = '^server/modules/[^/]+/(callbacks|socket|subscribers|jobs)\\.ts$'

/** @param {string} name @param {string} comment @param {object} from @param {object} to */
const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

module.exports = {
  forbidden: [
    // everywhere
    rule('no-circles', 'Two files that need each other are one file, or want a third; two rooms want an event.', {}, { circular: true }),
    rule('every-import-is-found', 'An import that leads nowhere escapes every other rule.', {}, { couldNotResolve: true }),
    rule(
      'packages-are-named',
      'A package that package.json does not name is there by accident.',
      {},
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
    rule('tests-are-leaves', 'Nobody imports tests.', { pathNot: '^tests/' }, { path: '^tests/' }),

    // the ground
    rule(
      'shared-stands-alone',
      'shared/ runs in the mini-program: no packages, no Node, no server.',
      { path: '^shared/' },
      { pathNot: '^shared/' },
    ),
    rule(
      'settings-stand-below',
      'Settings are data: they know packages and Node, nothing of the house.',
      { path: '^config/settings\\.ts$' },
      { path: HOUSE },
    ),
    rule(
      'ports-and-events-are-ground',
      'The vocabulary toward the outside and among the rooms.',
      { path: '^server/(ports/|events\\.ts$)' },
      { path: HOUSE, pathNot: ['^server/(ports/|events\\.ts$)', '^shared/'] },
    ),
    rule(
      'platform-knows-no-tea',
      'Plumbing serves every room and knows none.',
      { path: '^server/platform/' },
      { path: HOUSE, pathNot: ['^server/(platform/|ports/|events\\.ts$)', '^shared/', '^config/settings\\.ts$'] },
    ),

    // the rooms
    rule(
      'module-through-its-index',
      'Another module is met at its front door only.',
      { path: MODULE },
      { path: '^server/modules/', pathNot: ['^server/modules/$1/', '^server/modules/[^/]+/index\\.ts$', DOORS, BELLS] },
    ),
    rule(
      'bells-are-rung-not-imported',
      'Doors, callbacks, subscribers and jobs are entries: only the router and the roles mount them; the seed rings some, to make true pasts.',
      { path: '^(server|config)/', pathNot: '^server/(router\\.ts$|roles/|seed/)' },
      { path: [DOORS, BELLS] },
    ),
    rule(
      'modules-do-not-see-the-rim',
      'A module asks a port; the wiring picks the adapter.',
      { path: MODULE },
      { path: HOUSE, pathNot: ['^server/(modules/|platform/|ports/|events\\.ts$)', '^shared/'] },
    ),
    rule(
      'every-module-has-its-place',
      'A module that is not in the list of rooms has no place in their order.',
      { path: '^server/modules/', pathNot: `^server/modules/(${rooms.join('|')})/` },
      {},
    ),
    ...rooms
      .slice(0, -1)
      .map((room, i) =>
        rule(
          `order-${room}`,
          `${room} calls only the rooms under it; what must travel up travels as an event.`,
          { path: `^server/modules/${room}/` },
          { path: `^server/modules/(${rooms.slice(i + 1).join('|')})/` },
        ),
      ),

    // the rim
    rule(
      'adapters-see-ports-only',
      'A plug fits a socket; it never sees a room.',
      { path: '^server/adapters/([^/]+)/' },
      { path: HOUSE, pathNot: ['^server/ports/', '^server/adapters/$1/', '^shared/'] },
    ),
    rule(
      'adapters-are-wired-only',
      'Which adapter it is stands in one place.',
      { path: '^(server|config)/', pathNot: '^server/(wiring\\.ts$|adapters/)' },
      { path: '^server/adapters/' },
    ),
    rule(
      'media-stands-alone',
      'The media server knows streams and viewers, never a shop: shared and Node.',
      { path: '^server/media/' },
      { pathNot: ['^server/media/', '^shared/'], dependencyTypesNot: ['core'] },
    ),
    rule(
      'media-is-a-child',
      'It runs in a process of its own, started by its path; only what publishes a clip shares its reader of FLV.',
      { path: '^(server|config)/', pathNot: '^server/(media|launch|seed)/' },
      { path: '^server/media/' },
    ),
    rule(
      'media-lends-its-flv',
      'What is lent is the FLV reader.',
      { path: '^server/(launch|seed)/' },
      {
        path: '^server/media/',
        pathNot: '^server/media/flv\\.ts$',
      },
    ),
    rule(
      'standins-stand-alone',
      'The outside, played: above all not with our own cryptography.',
      { path: '^server/standins/([^/]+)/' },
      { path: HOUSE, pathNot: ['^server/standins/$1/', '^shared/'] },
    ),
    rule(
      'standins-are-not-imported',
      'They are processes of their own, started by path and by tests.',
      { path: '^(server|config|shared)/', pathNot: '^server/standins/' },
      { path: '^server/standins/' },
    ),

    // who builds the house
    rule(
      'router-lists-doors',
      'The router lists the doors by audience.',
      { path: '^server/router\\.ts$' },
      { path: HOUSE, pathNot: [DOORS, '^server/platform/doors\\.ts$'] },
    ),
    rule(
      'router-is-served-by-roles',
      'Nothing on the server calls itself through its router.',
      { path: '^(server|config)/', pathNot: '^server/roles/' },
      { path: '^server/router\\.ts$' },
    ),
    rule(
      'roles-ring-the-bells',
      'A role mounts entries and runs the plumbing; it knows no act.',
      { path: '^server/roles/' },
      { path: HOUSE, pathNot: ['^server/(roles/|router\\.ts$|platform/)', BELLS, '^shared/'] },
    ),
    rule(
      'roles-are-started-by-the-house',
      'The house starts its roles.',
      { path: '^(server|config)/', pathNot: '^server/(roles/|house\\.ts$|main\\.ts$)' },
      { path: '^server/roles/' },
    ),
    rule(
      'the-house-is-built-from-outside',
      'main.ts, and the seed, build the house; nothing inside reaches for the whole.',
      { path: '^(server|config)/', pathNot: '^server/(main\\.ts$|house\\.ts$|seed/)' },
      { path: '^server/(main|house|wiring)\\.ts$' },
    ),
    rule(
      'launch-prepares-only',
      'Launching prepares a database and starts processes by path; it knows no room.',
      { path: '^server/launch/' },
      { path: HOUSE, pathNot: ['^server/(launch|seed|migrations|ports)/', '^server/media/', '^config/settings\\.ts$', '^shared/'] },
    ),
    rule(
      'seed-is-launched-only',
      'The running house holds no demo people.',
      { path: '^(server|config|shared)/', pathNot: '^server/(seed|launch)/' },
      { path: '^server/seed/' },
    ),
    rule(
      'production-runs-on-dependencies',
      'What serves people may not lean on a development package.',
      { path: '^(server/|config/settings\\.ts$)', pathNot: '^server/(launch|seed|standins)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),

    // the front ends
    rule(
      'front-ends-take-only-the-router-type',
      'Front ends know the server by one type.',
      { path: '^(miniapp|console)/' },
      { path: '^(server|config)/', pathNot: '^server/router\\.ts$' },
    ),
    rule(
      'front-ends-take-it-as-a-type',
      'The router itself is a server; only its type travels.',
      { path: '^(miniapp|console)/' },
      { path: '^server/router\\.ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'front-ends-do-not-meet',
      'What both need is shared.',
      { path: '^(miniapp|console)/' },
      {
        path: '^(miniapp|console)/',
        pathNot: '^$1/',
      },
    ),
    rule(
      'front-ends-have-no-node',
      'Neither a phone nor a browser has Node.',
      { path: '^(miniapp|console)/' },
      { dependencyTypes: ['core'] },
    ),
    rule(
      'features-do-not-meet',
      'Pages compose features; features never import one another.',
      { path: '^(miniapp|console)/features/([^/]+)/' },
      {
        path: '^$1/features/',
        pathNot: '^$1/features/$2/',
      },
    ),
    rule(
      'features-do-not-see-pages',
      'A page composes features, not the other way round.',
      { path: '^(miniapp|console)/features/' },
      {
        path: '^$1/(pages|packages)/',
      },
    ),
    rule(
      'ui-and-lib-know-no-noun',
      'A button serves every feature and knows none.',
      { path: '^(miniapp|console)/(ui|lib)/' },
      {
        path: '^$1/(features|pages|packages)/',
      },
    ),
    rule(
      'packages-load-when-wanted',
      'What the main package imports from a sub-package is in the main package.',
      { path: '^miniapp/', pathNot: '^miniapp/packages/' },
      {
        path: '^miniapp/packages/',
      },
    ),
    rule(
      'packages-do-not-meet',
      'Sub-packages are loaded apart.',
      { path: '^miniapp/packages/([^/]+)/' },
      {
        path: '^miniapp/packages/',
        pathNot: '^miniapp/packages/$1/',
      },
    ),
  ],
  options: {
    parser: 'swc',
    webpackConfig: { fileName: 'config/tools/aliases.cjs' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(tests/architecture/fixtures|dist|\\.data)/' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'require', 'types'] },
  },
}
