//! (room of service)
