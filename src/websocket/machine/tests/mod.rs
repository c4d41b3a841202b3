//! The ledger's frames, each received whole, octet by octet and cut in two at every offset, in both roles.

mod closing;
mod fast;
mod frames;
mod messages;
mod rig;
mod sending;
