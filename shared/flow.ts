/** A flow 流转 is a table: in this state, this act, by these hands, leads to that state. */
type Row<State extends string, Hand extends string> = { to: State; by: readonly Hand[] }
type Table<State extends string, Hand extends string> = Record<State, Record<string, Row<State, Hand>>>

/** What every flow offers; `defineFlow` gives it with the names of one table. */
export interface Flow<State extends string = string, Act extends string = string, Hand extends string = string> {
  readonly states: readonly State[]
  next(state: State, act: Act): State | undefined
  acts(state: State, hand: Hand): Act[]
  from(act: Act): State[]
  allActs(): Act[]
}

/** Turns a table into a flow. A misspelt state, act or hand does not compile. */
export function defineFlow<const T extends Table<Extract<keyof T, string>, string>>(table: T) {
  type State = Extract<keyof T, string>
  type Act = { [S in State]: Extract<keyof T[S], string> }[State]
  type Hand = {
    [S in State]: { [A in keyof T[S]]: T[S][A] extends { by: readonly (infer H)[] } ? Extract<H, string> : never }[keyof T[S]]
  }[State]
  type Rows = Map<string, Row<State, string>>
  const rows = new Map<string, Rows>(
    Object.entries<Record<string, Row<State, string>>>(table as never).map(([state, acts]) => [state, new Map(Object.entries(acts))]),
  )
  const actsOf = (state: string): Rows => rows.get(state) ?? new Map()
  const states = [...rows.keys()] as State[]
  return {
    states,
    /** Where `act` leads from `state`, or undefined where it may not be done. */
    next: (state: State, act: Act): State | undefined => actsOf(state).get(act)?.to,
    /** What `hand` may do now; front ends render exactly these buttons. */
    acts: (state: State, hand: Hand): Act[] => [...actsOf(state)].filter(([, row]) => row.by.includes(hand)).map(([act]) => act as Act),
    /** The states from which `act` may be done: the WHERE of every advance. */
    from: (act: Act): State[] => states.filter((s) => actsOf(s).has(act)),
    /** Every act of the table. */
    allActs: (): Act[] => [...new Set(states.flatMap((s) => [...actsOf(s).keys()]))] as Act[],
  } satisfies Flow<State, Act, Hand>
}

export type StateOf<F> = F extends { readonly states: readonly (infer S)[] } ? Extract<S, string> : never
export type ActOf<F> = F extends { from(act: infer A): unknown } ? Extract<A, string> : never
