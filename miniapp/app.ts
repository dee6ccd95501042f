import type { PropsWithChildren } from 'react'
import './app.scss'
import './ui/ui.scss'

/** The app has no frame of its own: every page brings its `Screen`. */
export default function App({ children }: PropsWithChildren) {
  return children
}
