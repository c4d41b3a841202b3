//! (room of io)
