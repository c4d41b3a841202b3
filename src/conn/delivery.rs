//! How what the peer sends reaches the owner.

/// Whether messages are gathered before their owner sees them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Each message is one event. What is cut is gathered until its end has come.
    Whole,
    /// What has come is shown at once: a message is as many events as its frames and the input make of it.
    Parts,
}
