/** WeChat draws the navigation bar itself. */
export function Head() {
  return null
}
