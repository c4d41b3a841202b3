//! The result of a pull.

/// What a pull from the connection whose turn it is led to.
pub(super) enum Pull<T> {
    /// An event, converted.
    Event(T),
    /// An event that also concerns the server: [`Turns::take_server_event`](super::turns::Turns::take_server_event) has
    /// it.
    ForServer,
    /// The connection has no event now: call [`Turns::finish`](super::turns::Turns::finish).
    NotReady,
    /// The turn is over.
    Over,
}
