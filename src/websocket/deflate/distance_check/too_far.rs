//! The one way in which the check fails.

/// The stream has a distance beyond the window, or is no deflate stream.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::websocket::deflate) struct TooFar;
