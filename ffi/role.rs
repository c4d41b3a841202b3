//! Which side of a connection a config is for.

/// The connection answers requests.
pub const WW_ROLE_SERVER: u32 = 0;
/// The connection sends requests.
pub const WW_ROLE_CLIENT: u32 = 1;
