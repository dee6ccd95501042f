/** Small things about writing that rows and questions share. */

/** One way to write what can be written in several: width, form and case. */
export const normal = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Chinese characters and nothing else. */
export const isHan = (text: string): boolean => /^\p{Script=Han}+$/u.test(text)
