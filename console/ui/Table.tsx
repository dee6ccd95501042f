import { Table as AntTable, type TableProps } from 'antd'

/** A long list: rows of the server's page, no paging of its own, scrolling sideways where the window is narrow. */
export function Table<T extends object>(props: TableProps<T>) {
  return <AntTable<T> pagination={false} scroll={{ x: 'max-content' }} size="middle" {...props} />
}
