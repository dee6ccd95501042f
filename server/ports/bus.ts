/** Bus 消息总线: what is said in a room reaches every node that holds its sockets. Owner: the room module. */
export interface BusPort {
  publish(topic: string, message: string): Promise<void>
  /** Hears a topic until the returned function is called. */
  subscribe(topic: string, hear: (message: string) => void): Promise<() => Promise<void>>
}
