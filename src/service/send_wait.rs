//! What a connection waits for before it sends more.

/// What a connection waits for before it sends more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SendWait {
    /// Nothing: it may send.
    Nothing,
    /// The socket is full. Sending before the driver reports room is of no use.
    Room,
    /// The driver reads what was sent before. No send is possible until its completion.
    Held,
    /// Other connections go first. The socket has room: whoever needs the queue empty may send at once.
    Turn,
}
