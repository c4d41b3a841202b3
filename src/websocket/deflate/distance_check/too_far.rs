//! The error of the distance check.

/// The stream has a distance beyond the window, or is not a deflate stream.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::websocket::deflate) struct TooFar;
