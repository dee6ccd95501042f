/** Hands a file to the browser to keep. */
export const saveFile = (name: string, content: BlobPart, type: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

/** A workbook that came as base64. */
export const saveWorkbook = ({ name, base64 }: { name: string; base64: string }): void =>
  saveFile(
    name,
    Uint8Array.from(atob(base64), (c) => c.charCodeAt(0)),
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  )
