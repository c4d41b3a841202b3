//! The ledger's frames, each heard whole, octet by octet and cut in two at every offset, as a server and as a client.

mod closing;
mod frames;
mod messages;
mod rig;
mod saying;
mod ways;
