//! (room of conn)
